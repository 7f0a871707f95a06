namespace Qingyuan.Platform.Security.Contracts;

/// <summary>Names of the authorisation policies. Every endpoint and every page carries exactly one.</summary>
public static class Policies
{
    /// <summary>Read stations, readings, frames, alarms, orders: everyone but the three administrators; scoped by organisation.</summary>
    public const string ReadBusiness = "read-business";

    /// <summary>State of the intake and unknown MNs: who sees all of the installation, and system-admin.</summary>
    public const string ReadIntake = "read-intake";

    /// <summary>Create and change stations: dispatcher.</summary>
    public const string ManageStations = "manage-stations";

    /// <summary>Acknowledge, shelve, clear alarms: dispatcher, qc-manager, technician.</summary>
    public const string HandleAlarms = "handle-alarms";

    /// <summary>Open and dispatch work orders: dispatcher, qc-manager.</summary>
    public const string DispatchOrders = "dispatch-orders";

    /// <summary>Import data of files and take an import back: dispatcher, qc-manager.</summary>
    public const string ImportData = "import-data";

    /// <summary>Work on an order: technician (own), dispatcher.</summary>
    public const string WorkOrders = "work-orders";

    /// <summary>Remote operations and draft marks: dispatcher, qc-manager, technician; the rules then judge the person and the operation.</summary>
    public const string OperateStations = "operate-stations";

    /// <summary>Review and close: qc-manager; never the person who worked the order.</summary>
    public const string ReviewOrders = "review-orders";

    /// <summary>Read the electronic ledger and proofs: business roles and audit-admin.</summary>
    public const string ReadLedger = "read-ledger";

    /// <summary>Accounts and tokens: security-admin.</summary>
    public const string ManageAccounts = "manage-accounts";

    /// <summary>Settings, health, notification channels: system-admin.</summary>
    public const string ManageSystem = "manage-system";

    /// <summary>See how long data are kept, deletions and holds: system-admin, audit-admin, regulator.</summary>
    public const string ReadRetention = "read-retention";

    /// <summary>See and fetch what was delivered to one's organisation, on a page of one's own: regulator, discharger.</summary>
    public const string ReceiveData = "receive-data";

    /// <summary>Be the second person of a deletion: system-admin, audit-admin; never who asked.</summary>
    public const string ApproveDeletions = "approve-deletions";

    /// <summary>Hold a period so that nothing of it is deleted: regulator, audit-admin.</summary>
    public const string HoldData = "hold-data";

    /// <summary>Any signed-in person, own account only.</summary>
    public const string SignedIn = "signed-in";
}
