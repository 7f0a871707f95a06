using Qingyuan.Platform.Retention.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Retention.Deleting;

/// <summary>Which months may be deleted or held.</summary>
internal static class DeletionMonths
{
    /// <summary>The newest month whose end lies <paramref name="months"/> whole months back, on the stations' clock.</summary>
    public static int NewestBeyond(int months, DateTimeOffset now) => MonthName.Number(StationClock.Wall(now)) - months - 1;

    /// <summary>A period of one class that may be deleted or held.</summary>
    public static Result<DeletionPeriod> Period(DataClass dataClass, string? from, string? to)
    {
        if (Kind(dataClass) is not { } kind) return new Refusal("retention.class-not-deletable");
        if (!MonthName.TryParse(from, out var first)) return new Refusal("retention.period-invalid", "from");
        if (!MonthName.TryParse(to, out var last) || last < first) return new Refusal("retention.period-invalid", "to");
        return new DeletionPeriod(dataClass, kind, first, last);
    }

    private static TelemetryClass? Kind(DataClass dataClass) => dataClass switch
    {
        DataClass.RawFrames => TelemetryClass.Frames,
        DataClass.Values => TelemetryClass.Values,
        DataClass.Results => TelemetryClass.Results,
        _ => null,
    };
}

/// <summary>Months of a class, both ends included.</summary>
internal sealed record DeletionPeriod(DataClass Class, TelemetryClass Kind, int From, int To);
