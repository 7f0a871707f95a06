using Qingyuan.Rules.RemoteControl;
using static Qingyuan.Rules.Tests.Specs.SpecTests;

namespace Qingyuan.Rules.Tests.Specs;

/// <summary>The verbs of remote operation.</summary>
internal static class CommandSpecs
{
    // expect-command Done release send acknowledge done
    public static string? Command(SpecLine line) => SpecBench.Is(
        line.Words[0], $"{line.Words.Skip(1).Select(word => Enum.Parse<CommandEvent>(word.Replace("-", "", StringComparison.Ordinal), true)).Aggregate(CommandState.Requested, CommandLife.Next)}");

    // expect-before command.near-limit zero-calibration value=80 limit=100
    public static string? Before(SpecLine line)
    {
        FactorFacts[] factors = line.Find("value") is { } value ? [new("a21002", Number(value), Number(line["limit"]))] : [];
        var facts = new StationFacts(line.Find("link") is not "down", line.Find("running"), line.Find("exceedance") is "open", factors, line.Find("device"), 0, 0);
        return SpecBench.Is(line.Words[0], Preconditions.Against(OperationCatalogue.Find(line.Words[1])!, facts, CommandLimits.Default)?.Code ?? "none");
    }

    // expect-asking released restart by=u:li/dispatcher order=open
    public static string? Asking(SpecLine line)
    {
        var operation = OperationCatalogue.Find(line.Words[1])!;
        var against = CommandRights.AgainstAsking(operation, SpecBench.Person(line["by"]))?.Code;
        return SpecBench.Is(line.Words[0], against ?? (CommandRights.IsReleasedAtOnce(operation, line.Find("order") is "open") ? "released" : "requested"));
    }
}
