using System.Globalization;
using Qingyuan.Hj212.Catalogue;
using Qingyuan.Hj212.Messages;
using Qingyuan.Hj212.Messages.Bodies;
using Qingyuan.Hj212.Segments;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.RemoteControl.Wire;

/// <summary>Operations in the commands of the standard, where the station's edition has one.</summary>
internal static class StandardFrames
{
    /// <summary>Zero and span are one command before 2025.</summary>
    public const string CalibratesBoth = "command.remark-calibrates-both";

    /// <summary>The edition's command for an operation; null when it has none.</summary>
    public static MessageSpec? Spec(string operation, Edition edition)
    {
        var command = operation switch
        {
            "measure" => 3012,
            "zero-calibration" or "span-calibration" => 3011,
            "standard-check" => 3024,
            "clean" or "blow-back" => 3013,
            "set-clock" => 1012,
            "read-clock" => 1011,
            "read-information" => 3020,
            "read-identity" => 3019,
            "read-realtime-interval" => 1061,
            "read-minute-interval" => 1063,
            "read-sampling-cycle" => 3017,
            "read-sample-out-time" => 3018,
            "read-minutes" => 2051,
            "read-hours" => 2061,
            "read-days" => 2031,
            "set-link" => 1000,
            "set-realtime-interval" => 1062,
            "set-minute-interval" => 1064,
            "set-sampling-cycle" => 3016,
            "exceedance-retention" => edition is Edition.V2025 ? 3022 : 3015,
            "instant-retention" => 3022,
            _ => 0,
        };
        return CommandCatalogue.Default.TryFind(command, edition, Sender.Host, out var spec) ? spec : null;
    }

    public static string? Remark(string operation, Edition edition) =>
        operation is "zero-calibration" or "span-calibration" && edition is not Edition.V2025 ? CalibratesBoth : null;

    /// <summary>What the command carries, or which parameter is not what it must be.</summary>
    public static Result<Body> Body(string operation, MessageSpec spec, IReadOnlyDictionary<string, string> given)
    {
        var read = new Parameters(given);
        Body body = operation switch
        {
            "zero-calibration" => new Calibration(read.Factor(), Kind(spec, CalibrationKind.Zero)),
            "span-calibration" => new Calibration(read.Factor(), Kind(spec, CalibrationKind.Span)),
            "set-clock" => new Clock(read.FactorOrNull(), read.WallOrNull("systemTime") ?? default),
            "read-clock" => new ClockRequest(read.FactorOrNull()),
            "read-information" => new InformationRequest(read.FactorOrNull(), read.InfoId(), read.WallOrNull("from"), read.WallOrNull("to")),
            "read-minutes" or "read-hours" or "read-days" => new HistoryRequest(read.Wall("from"), read.Wall("to")),
            "set-link" => new LinkSettings(read.Number("overTime", 1, 99), read.Number("reCount", 1, 99)),
            "set-realtime-interval" => new RealtimeInterval(read.Number("seconds", 30, 3600)),
            "set-minute-interval" => new MinuteInterval(read.OneOf("minutes", 1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30)),
            "set-sampling-cycle" => new SamplingCycle(read.Factor(), read.TimeOfDay("firstTime"), read.Number("hours", 1, 24)),
            _ when spec.Fields.Any(field => field.Name is "PolId") => new AnalyserAct(read.Factor()),
            _ => new NoParameters(),
        };
        return read.Fault is { } fault ? fault : body;
    }

    private static CalibrationKind? Kind(MessageSpec spec, CalibrationKind kind) => spec.Edition is Edition.V2025 ? kind : null;

    /// <summary>Reads parameters; the first that is missing or malformed is kept.</summary>
    private sealed class Parameters(IReadOnlyDictionary<string, string> given)
    {
        public Refusal? Fault { get; private set; }

        public string Factor() => FactorOrNull() ?? Missing("factor", "");

        public string? FactorOrNull() => Text("factor") is not { } text ? null : IsCode(text) ? text : Invalid("factor", "a factor code, such as w01018", text);

        public string InfoId() => Text("infoId") is not { } text ? Missing("infoId", "") : IsCode(text) && text[0] is 'i' ? text : Invalid("infoId", "an information code, such as i12001", text);

        public DateTime Wall(string name) => Text(name) is null ? Missing(name, default(DateTime)) : WallOrNull(name) ?? default;

        public DateTime? WallOrNull(string name) => Text(name) is not { } text ? null
            : DateTime.TryParseExact(text, ["yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm", "yyyyMMddHHmmss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var at) ? at
            : Invalid(name, "a wall-clock time, such as 2026-03-01T08:00:00", default(DateTime));

        public TimeOnly TimeOfDay(string name) => Text(name) is not { } text ? Missing(name, default(TimeOnly))
            : TimeOnly.TryParseExact(text, ["HH:mm", "HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var at) ? at : Invalid(name, "a time of day, such as 00:30", at);

        public int Number(string name, int least, int most) => Text(name) is not { } text ? Missing(name, least)
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number : Invalid(name, $"{least}-{most}", least);

        public int OneOf(string name, params int[] allowed)
        {
            var number = Number(name, allowed[0], allowed[^1]);
            return Fault is not null || allowed.Contains(number) ? number : Invalid(name, string.Join('|', allowed), number);
        }

        private string? Text(string name) => given.TryGetValue(name, out var text) && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;

        private static bool IsCode(string text) => text.Length is >= 3 and <= 6 && text.All(char.IsAsciiLetterOrDigit);

        private T Missing<T>(string name, T value)
        {
            Fault ??= new("command.parameter-missing", name);
            return value;
        }

        private T Invalid<T>(string name, string expected, T value)
        {
            Fault ??= new("command.parameter-invalid", name, expected);
            return value;
        }
    }
}
