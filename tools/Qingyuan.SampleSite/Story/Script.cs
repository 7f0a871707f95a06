namespace Qingyuan.SampleSite.Story;

/// <summary>When the scripted things of a sample day happen, on the stations' wall clock. Everything here is a script, nothing a measurement.</summary>
/// <param name="FirstStart">When the sample site first ran: the day before it is told as history.</param>
/// <param name="Start">When this run began: what happens live counts from here.</param>
internal sealed record Script(DateTime FirstStart, DateTime Start)
{
    private DateTime Hour => FirstStart.Date.AddHours(FirstStart.Hour);

    /// <summary>DA001: one hour whose converted NOx mean is 56.</summary>
    public DateTime ExceedanceHour => Hour.AddHours(-6);

    /// <summary>DA003: automatic zero and span check, C marks.</summary>
    public (DateTime From, DateTime To) GasCheck => (Hour.AddHours(-9).AddMinutes(5), Hour.AddHours(-9).AddMinutes(24));

    /// <summary>DW001: COD check that fails, and the one after recalibration that passes.</summary>
    public DateTime FailedCheck => Hour.AddHours(-11).AddMinutes(10);

    public DateTime PassedCheck => FailedCheck.AddMinutes(50);

    /// <summary>DW001: no discharge; analysers go on repeating their last result.</summary>
    public (DateTime From, DateTime To) ZeroFlow => (Hour.AddHours(-5).AddMinutes(20), Hour.AddHours(-5).AddMinutes(50));

    /// <summary>DW002: off line in the history, filled afterwards.</summary>
    public (DateTime From, DateTime To) PastOutage => (Hour.AddHours(-4).AddMinutes(3), Hour.AddHours(-4).AddMinutes(48));

    /// <summary>DA003: air leaks into the sampling line. Ends when the sample technician has changed the O-ring.</summary>
    public DateTime LeakBegins => Start.AddSeconds(45);

    public DateTime LeakFull => LeakBegins.AddSeconds(60);

    /// <summary>Set by the technician's repair; null while it leaks.</summary>
    public DateTime? LeakEnds { get; set; }

    /// <summary>DA001: climbs towards its limit, stays under it, and comes down again.</summary>
    public (DateTime From, DateTime Top, DateTime Down) Climb => (Start.AddSeconds(60), Start.AddSeconds(210), Start.AddMinutes(25));

    /// <summary>DW002: drops its link, then fills the gap.</summary>
    public (DateTime From, DateTime To) LiveOutage => (Start.AddSeconds(90), Start.AddSeconds(165));
}
