using System.Text.Json.Nodes;

namespace Qingyuan.Host.Control;

/// <summary>The verbs that write. The same handler runs in a server that is asked over the socket and in a command line that holds the directory itself.</summary>
internal static class ControlVerbs
{
    public delegate Task<ControlAnswer> Handler(IServiceProvider services, JsonObject args, CancellationToken ct);

    public static IReadOnlyDictionary<string, Handler> All { get; } = new Dictionary<string, Handler>
    {
        ["user add"] = SecurityVerbs.AddUserAsync,
        ["token create"] = SecurityVerbs.CreateTokenAsync,
        ["station add"] = StationVerbs.AddAsync,
        ["station import"] = StationVerbs.ImportAsync,
        ["import-frames"] = FrameVerbs.ImportAsync,
        ["backup create"] = BackupVerbs.CreateAsync,
        ["backup drill"] = BackupVerbs.DrillAsync,
        ["ledger succeed"] = BackupVerbs.SucceedAsync,
    };
}
