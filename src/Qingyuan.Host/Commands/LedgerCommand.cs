using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Qingyuan.Host.Commands.Ledger;
using Qingyuan.Host.Control;
using Qingyuan.Platform.Evidence.Contracts;

namespace Qingyuan.Host.Commands;

/// <summary><c>ledger</c>: looks at, verifies and exports the evidence beside a running server or on a directory that stands still; <c>succeed</c> alone writes.</summary>
internal static class LedgerCommand
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly Option<string?> Data = DataOptions.Data();
    private static readonly Option<string?> Database = DataOptions.Database();
    private static readonly Option<string?> Out = new("--out") { Description = "File to write (default ledger-entry-ID.zip here).", HelpName = "FILE" };
    private static readonly Argument<Guid> Id = new("ID") { Description = "Id of the ledger entry." };

    public static Command Build() => new("ledger", "The electronic ledger and its evidence log.")
    {
        Verb("status", "One JSON line: origin, sizes, roots, what waits, whether it is signed on (logged, held, succeeding).", StatusAsync),
        Verb("verify", "Re-reads everything from disk and compares; 0 all right, 1 not, with what and where.", VerifyAsync),
        Verb("checkpoint", "Prints the signed checkpoints of both suites.", (house, _, _) => Task.FromResult(PrintCheckpoints(house))),
        Export(),
        Succeed(),
    };

    private static Command Export()
    {
        var command = Verb("export", "Writes the proof bundle of an entry; its path is the last line.", ExportAsync);
        command.Add(Id);
        command.Add(Out);
        return command;
    }

    private static Command Succeed()
    {
        var reason = new Option<string>("--reason") { Description = "Why; goes into the ledger.", HelpName = "TEXT", Required = true };
        var command = new Command("succeed", "After a restoration: lets a log of another name with new keys go on from the restored entries. The old one is never signed again.") { Data, Database, reason };
        command.SetAction((parsed, ct) => ControlClient.RunAsync(DataOptions.Said(parsed, Data, Database), new("ledger succeed", new() { ["reason"] = parsed.GetValue(reason) }), ct));
        return command;
    }

    private static Command Verb(string name, string description, Func<LedgerHouse, ParseResult, CancellationToken, Task<int>> act)
    {
        var command = new Command(name, description) { Data, Database };
        command.SetAction(async (parsed, ct) =>
        {
            await using var house = LedgerHouse.Open(parsed.GetValue(Data), parsed.GetValue(Database));
            return await act(house, parsed, ct);
        });
        return command;
    }

    private static async Task<int> StatusAsync(LedgerHouse house, ParseResult parsed, CancellationToken ct)
    {
        var (std, sm) = (house.Checkpoint(sm: false), house.Checkpoint(sm: true));
        if (std is null || sm is null) return No("no readable checkpoint");
        var (waiting, standing) = (await house.WaitingAsync(ct), house.Standing);
        Terminal.WriteLine(JsonSerializer.Serialize(new
        {
            origin = std.Origin,
            size = Text(std.Size),
            sha256 = std.Root.ToString(),
            sm3 = sm.Root.ToString(),
            waiting = waiting is { } count ? Text(count) : null,
            state = standing.Code,
            successor = standing.Successor,
            label = LedgerTexts.Standing(standing),
        }, Json));
        return Exit.Done;
    }

    private static async Task<int> VerifyAsync(LedgerHouse house, ParseResult parsed, CancellationToken ct)
    {
        var audit = await house.AuditAsync(ct);
        foreach (var finding in audit.Findings) Terminal.WriteLine($"FAIL {finding.Check}{(finding.Index is { } index ? $" entry {Text(index)}" : "")}: {finding.Detail}");
        if (audit.Standing != LogStanding.Signed) Terminal.WriteLine($"{audit.Standing.Code.ToUpperInvariant()} {LedgerTexts.Standing(audit.Standing)}");
        if (audit.Missing > 0) Terminal.WriteLine($"HELD {Text(audit.Missing)} entries that the database knows as logged are not here: they stayed with the node that wrote them, or are later than the backup");
        if (!audit.Ok) return No($"not verified: {string.Join(", ", Reasons(audit))}");
        Terminal.WriteLine($"verified {audit.Origin}: {Text(audit.Size)} entries, {Text(audit.Unsealed)} unsealed, {Text(audit.Waiting)} waiting; {LedgerTexts.State(EvidenceState.Logged)}{(house.HasDatabase ? "" : "; files alone; no database compared")}");
        return Exit.Done;
    }

    private static IEnumerable<string> Reasons(LedgerAudit audit)
    {
        var checks = audit.Findings.Select(finding => finding.Check).Distinct();
        return audit.Missing > 0 ? checks.Append($"held, {Text(audit.Missing)} entries are not here") : checks;
    }

    private static int PrintCheckpoints(LedgerHouse house)
    {
        var notes = house.CheckpointNotes();
        if (notes.Count == 0) return No("no checkpoint");
        Terminal.OutputEncoding = new UTF8Encoding(false);
        foreach (var note in notes) Terminal.WriteLine(note);
        return Exit.Done;
    }

    private static async Task<int> ExportAsync(LedgerHouse house, ParseResult parsed, CancellationToken ct)
    {
        var id = parsed.GetValue(Id);
        if (await house.BundleAsync(id, ct) is not { } bundle) return No($"{id}: no such entry, or not logged yet");
        var path = Path.GetFullPath(parsed.GetValue(Out) ?? $"ledger-entry-{id}.zip");
        await File.WriteAllBytesAsync(path, bundle, ct);
        Terminal.WriteLine(path);
        return Exit.Done;
    }

    private static int No(string why)
    {
        Terminal.Error.WriteLine("qingyuan: " + why);
        return Exit.No;
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
