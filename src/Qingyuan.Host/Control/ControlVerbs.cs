using System.Text.Json.Nodes;

namespace Qingyuan.Host.Control;

/// <param name="RunAsync">Does it.</param>
/// <param name="OnlyCopies">It copies what an installation has: it begins none, opens no secrets, and another node may serve meanwhile.</param>
internal sealed record ControlVerb(Func<IServiceProvider, JsonObject, CancellationToken, Task<ControlAnswer>> RunAsync, bool OnlyCopies = false);

/// <summary>The verbs that write. The same handler runs in a server that is asked over the socket and in a command line that holds the directory itself.</summary>
internal static class ControlVerbs
{
    public static IReadOnlyDictionary<string, ControlVerb> All { get; } = new Dictionary<string, ControlVerb>
    {
        ["user add"] = new(SecurityVerbs.AddUserAsync),
        ["token create"] = new(SecurityVerbs.CreateTokenAsync),
        ["station add"] = new(StationVerbs.AddAsync),
        ["station import"] = new(StationVerbs.ImportAsync),
        ["import-frames"] = new(FrameVerbs.ImportAsync),
        ["backup create"] = new(BackupVerbs.CreateAsync, OnlyCopies: true),
        ["backup drill"] = new(BackupVerbs.DrillAsync, OnlyCopies: true),
        ["ledger succeed"] = new(BackupVerbs.SucceedAsync),
    };
}
