using Qingyuan.Rules.Kernel;

namespace Qingyuan.Rules.Validity;

/// <summary>Reads the letter of a data mark by its table. <c>F</c> and <c>B</c> mean different things in the two.</summary>
[Clause("HJ 212-2017", "表8", Certainty = "FROM-MEMORY")]
[Clause("HJ 76-2017", "附录B")]
public static class DataMarks
{
    /// <summary>Rule id of this version.</summary>
    public static readonly RuleId Id = new("DATA-MARKS", "2017.1");

    /// <summary>What <paramref name="letter"/> says in <paramref name="table"/>. No letter is normal: many loggers send none.</summary>
    public static DataState Read(string? letter, FlagLetters table) => letter?.Trim() switch
    {
        null or "" or "N" or "n" => DataState.Normal,
        "C" => DataState.Calibrating,
        "M" => DataState.Maintenance,
        "D" => DataState.Fault,
        "T" => DataState.OverRange,
        "Md" => DataState.NoData,
        "St" => DataState.StartUp,
        "Sd" => DataState.ShutDown,
        "S" => DataState.ManuallySet,
        "F" => table is FlagLetters.Hj75 ? DataState.SourceStopped : DataState.InstrumentStopped,
        "B" => table is FlagLetters.Hj75 ? DataState.Banked : DataState.LinkAbnormal,
        // P 电源故障 of HJ/T 212-2005.
        "P" => DataState.Fault,
        _ => DataState.Unknown,
    };

    /// <summary>True when the value was measured and counts: normal, or normal in a special state of the source, which the marking rules treat, not we.</summary>
    public static bool Counts(DataState state) => state is DataState.Normal or DataState.StartUp or DataState.ShutDown or DataState.Banked;

    /// <summary>The letter of the HJ 75/76 table under which a state is shown in derived results.</summary>
    public static string Letter(DataState state) => state switch
    {
        DataState.Normal => "N",
        DataState.SourceStopped => "F",
        DataState.StartUp => "St",
        DataState.ShutDown => "Sd",
        DataState.Banked => "B",
        DataState.Calibrating => "C",
        DataState.Maintenance or DataState.ManuallySet => "M",
        DataState.OverRange => "T",
        DataState.NoData or DataState.LinkAbnormal => "Md",
        _ => "D",
    };
}
