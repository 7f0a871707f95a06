using Qingyuan.Platform.Retention.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Retention.Deleting;

/// <summary>Which months may be deleted or held.</summary>
internal static class DeletionMonths
{
    /// <summary>The newest month whose end lies <paramref name="months"/> whole months back, on the clock by which the class has its months: frames end theirs eight hours after the stations do.</summary>
    public static int NewestBeyond(DataClass dataClass, int months, DateTimeOffset now) => MonthOf(dataClass, now) - months - 1;

    /// <summary>The month of an instant: UTC for frames, the stations' clock for what is computed of them.</summary>
    public static int MonthOf(DataClass dataClass, DateTimeOffset at) => MonthName.Number(dataClass is DataClass.RawFrames ? at.UtcDateTime : StationClock.Wall(at));

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
