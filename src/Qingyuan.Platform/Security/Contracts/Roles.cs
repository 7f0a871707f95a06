namespace Qingyuan.Platform.Security.Contracts;

/// <summary>The roles of the contract. The three administrators are disjoint and see no business writes.</summary>
public static class Roles
{
    public const string Technician = "technician";
    public const string QcManager = "qc-manager";
    public const string Dispatcher = "dispatcher";
    public const string Discharger = "discharger";
    public const string Regulator = "regulator";
    public const string SystemAdmin = "system-admin";
    public const string SecurityAdmin = "security-admin";
    public const string AuditAdmin = "audit-admin";

    public static IReadOnlyList<string> All { get; } =
        [Technician, QcManager, Dispatcher, Discharger, Regulator, SystemAdmin, SecurityAdmin, AuditAdmin];

    /// <summary>No account holds two of these.</summary>
    public static IReadOnlyList<string> Administrators { get; } = [SystemAdmin, SecurityAdmin, AuditAdmin];
}
