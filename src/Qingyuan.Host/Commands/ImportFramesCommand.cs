using System.CommandLine;
using System.Text.Json.Nodes;
using Qingyuan.Host.Control;

namespace Qingyuan.Host.Commands;

/// <summary><c>import-frames</c>: an archive of raw frames, one a line. Prints one JSON line; exit 1 when some lines were not stored.</summary>
internal static class ImportFramesCommand
{
    public static Command Build()
    {
        var file = new Argument<FileInfo>("file") { Description = "Raw HJ 212 frames, one a line." };
        var (data, database) = (DataOptions.Data(), DataOptions.Database());
        var command = new Command("import-frames", "Stores an archive of raw frames as imported; by whom and when goes into the ledger.") { file, data, database };
        command.SetAction((parsed, ct) => ControlClient.RunAsync(
            DataOptions.Said(parsed, data, database),
            new("import-frames", new JsonObject { ["file"] = parsed.GetValue(file)!.FullName, ["by"] = Environment.UserName }),
            ct));
        return command;
    }
}
