using System.ComponentModel.DataAnnotations;

namespace Qingyuan.Platform.Stations.Twin;

/// <summary>Settings of the twins, section <c>Twins</c>.</summary>
internal sealed class TwinOptions
{
    public const string Section = "Twins";

    /// <summary>How often a twin looks at the clock by itself.</summary>
    [Range(1, 60)]
    public int TickSeconds { get; set; } = 10;

    /// <summary>How far back a twin reads when it begins.</summary>
    [Range(10, 1440)]
    public int RestartMinutes { get; set; } = 120;

    /// <summary>How far back hours are looked at that may not have been judged before a stop.</summary>
    [Range(1, 168)]
    public int RestartHours { get; set; } = 26;
}
