using Qingyuan.Platform.Security.Contracts;

namespace Qingyuan.Console.Shell;

/// <summary>One line of the left rail. A person sees it only where the policy of the page lets them in.</summary>
/// <param name="Path">Where it leads.</param>
/// <param name="Text">Resource key.</param>
/// <param name="Policy">The policy of that page.</param>
/// <param name="Counts">What its badge counts, null for none.</param>
internal sealed record NavEntry(string Path, string Text, string Policy, NavCount? Counts = null)
{
    public static IReadOnlyList<NavEntry> All { get; } =
    [
        new("/", "nav.overview", Policies.ReadBusiness),
        new("/stations", "nav.stations", Policies.ReadBusiness),
        new("/alarms", "nav.alarms", Policies.ReadBusiness, NavCount.OpenAlarms),
        new("/work-orders", "nav.work-orders", Policies.ReadBusiness, NavCount.OpenOrders),
        new("/explore", "nav.explore", Policies.ReadBusiness),
        new("/ledger", "nav.ledger", Policies.ReadLedger),
        new("/inspect", "nav.inspect", Policies.ReadBusiness),
        new("/exchange", "nav.exchange", Policies.ManageStations),
        new("/exchange/received", "nav.received", Policies.ReceiveData),
        new("/exchange/import", "nav.import", Policies.ImportData),
        new("/admin/stations", "nav.admin-stations", Policies.ManageStations),
        new("/admin/users", "nav.admin-users", Policies.ManageAccounts),
        new("/admin/tokens", "nav.admin-tokens", Policies.ManageAccounts),
        new("/admin/system", "nav.admin-system", Policies.ManageSystem),
        new("/admin/backup", "nav.admin-backup", Policies.ManageSystem),
        new("/admin/retention", "nav.admin-retention", Policies.ReadRetention),
        new("/admin/notifications", "nav.admin-notifications", Policies.ManageSystem),
    ];
}

internal enum NavCount
{
    OpenAlarms,
    OpenOrders,
}
