using Qingyuan.Rules.Diagnosis;
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

    // expect-automatic command.outside-hours exceedance-retention rule=EXCEEDANCE-RETENTION@1 hours=00:00-06:00 a-day=2 today=0 at=2026-03-01T08:00
    public static string? Automatic(SpecLine line)
    {
        var (operation, at) = (OperationCatalogue.Find(line.Words[1])!, DateTime.Parse(line["at"], System.Globalization.CultureInfo.InvariantCulture));
        Authorisation? given = null;
        if (line.Find("rule") is { } rule)
        {
            if (!AutomaticStart.Suits(rule, operation)) return SpecBench.Is(line.Words[0], "unsuitable");
            var hours = (line.Find("hours") ?? "00:00-00:00").Split('-').Select(time => TimeOnly.Parse(time, System.Globalization.CultureInfo.InvariantCulture)).ToArray();
            given = new(rule, operation.Code, int.Parse(line.Find("a-day") ?? "1", System.Globalization.CultureInfo.InvariantCulture), hours[0], hours[1], new(2026, 1, 1), new(2027, 1, 1), line.Find("revoked") is "yes");
        }

        return SpecBench.Is(line.Words[0], AutomaticStart.Against(operation, given, at, int.Parse(line.Find("today") ?? "0", System.Globalization.CultureInfo.InvariantCulture))?.Code ?? "none");
    }

    // expect-parameter Differs filed=100 actual=101
    public static string? Parameter(SpecLine line) => SpecBench.Is(line.Words[0], FiledParameters.Judge(line.Find("filed"), line.Find("actual")).ToString());

    // expect-explanation explained mark=C at=08:00 operation=07:50-08:20 check=08:10
    public static string? Explanation(SpecLine line)
    {
        var day = new DateTime(2026, 3, 1);
        DateTime At(string time) => day + TimeSpan.Parse(time, System.Globalization.CultureInfo.InvariantCulture);
        (DateTime, DateTime?)[] operations = line.Find("operation")?.Split('-') is [var from, var to] ? [(At(from), to.Length > 0 ? At(to) : null)] : [];
        DateTime[] checks = line.Find("check") is { } check ? [At(check)] : [];
        return SpecBench.Is(line.Words[0], !MarkExplanation.AsksFor(line["mark"]) ? "unasked" : MarkExplanation.IsExplained(line["mark"], At(line["at"]), operations, checks) ? "explained" : "unexplained");
    }
}
