using System.ComponentModel.DataAnnotations;

namespace Qingyuan.Platform.Alarms;

/// <summary>Settings of the slice, section <c>Alarms</c>.</summary>
public sealed class AlarmsOptions
{
    public const string Section = "Alarms";

    /// <summary>How often a cause that stays present is written: more often would be a row change per frame.</summary>
    /// <value>One minute.</value>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan RepeatWrittenEvery { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Where people reach the console, for links in messages; without it messages carry no link.</summary>
    public Uri? PublicAddress { get; set; }

    /// <value>10 s: a robot or mail server that takes longer counts as failed and is tried again.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:02:00")]
    public TimeSpan SendTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <value>One second, doubled with each failure.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan FirstRetry { get; set; } = TimeSpan.FromSeconds(1);

    /// <value>Ten minutes.</value>
    [Range(typeof(TimeSpan), "00:00:01", "06:00:00")]
    public TimeSpan LongestRetry { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>After this a message is given up, loudly.</summary>
    /// <value>One day.</value>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00")]
    public TimeSpan GiveUpAfter { get; set; } = TimeSpan.FromDays(1);
}
