using System.Collections.Frozen;
using Qingyuan.Platform.Security.Contracts;

namespace Qingyuan.Platform.Security.Access;

/// <summary>The role matrix: which roles a policy lets in. The three administrators have no business rights.</summary>
public static class RolePolicies
{
    private static readonly string[] Business = [Roles.Technician, Roles.QcManager, Roles.Dispatcher, Roles.Discharger, Roles.Regulator];

    public static FrozenDictionary<string, IReadOnlyList<string>> Table { get; } = new Dictionary<string, IReadOnlyList<string>>
    {
        [Policies.ReadBusiness] = Business,
        [Policies.ReadIntake] = [Roles.Technician, Roles.QcManager, Roles.Dispatcher, Roles.Regulator, Roles.SystemAdmin],
        [Policies.ManageStations] = [Roles.Dispatcher],
        [Policies.HandleAlarms] = [Roles.Dispatcher, Roles.QcManager, Roles.Technician],
        [Policies.DispatchOrders] = [Roles.Dispatcher, Roles.QcManager],
        [Policies.ImportData] = [Roles.Dispatcher, Roles.QcManager],
        [Policies.WorkOrders] = [Roles.Technician, Roles.Dispatcher],
        [Policies.OperateStations] = [Roles.Dispatcher, Roles.QcManager, Roles.Technician],
        [Policies.ReviewOrders] = [Roles.QcManager],
        [Policies.ReadLedger] = [.. Business, Roles.AuditAdmin],
        [Policies.ManageAccounts] = [Roles.SecurityAdmin],
        [Policies.ManageSystem] = [Roles.SystemAdmin],
        [Policies.ReceiveData] = [Roles.Regulator, Roles.Discharger],
        [Policies.ReadRetention] = [Roles.SystemAdmin, Roles.AuditAdmin, Roles.Regulator],
        [Policies.ApproveDeletions] = [Roles.SystemAdmin, Roles.AuditAdmin],
        [Policies.HoldData] = [Roles.Regulator, Roles.AuditAdmin],
        [Policies.SignedIn] = Roles.All,
    }.ToFrozenDictionary();
}
