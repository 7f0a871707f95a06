namespace Qingyuan.Hj212.Sessions;

/// <summary>How long one end waits for the other. HJ 212-2017 table 1; each number may be chosen per link (1000 sets the field's).</summary>
/// <param name="OverTime">How long a reply (9011, 9013, 9014) is waited for before the frame is sent again.</param>
/// <param name="Resends">How often the frame is sent again (ReCount); 0 sends it once.</param>
/// <param name="Execution">How long after the 9011, or after the newest data, the result is waited for. Not in the standard's table; nothing is sent again when it ends.</param>
public sealed record LinkTiming(TimeSpan OverTime, int Resends, TimeSpan Execution)
{
    private static readonly TimeSpan UsualExecution = TimeSpan.FromMinutes(1);

    /// <summary>GPRS, CDMA, 3G and 4G, PLC, WiMAX: 10 s and 3 times. Confirmed for all editions that name the medium.</summary>
    public static LinkTiming Mobile { get; } = new(TimeSpan.FromSeconds(10), 3, UsualExecution);

    /// <summary>ADSL and other wires: 5 s and 3 times.</summary>
    public static LinkTiming Wired { get; } = new(TimeSpan.FromSeconds(5), 3, UsualExecution);

    /// <summary>SMS, 2005 only: 30 s and 3 times.</summary>
    public static LinkTiming Sms { get; } = new(TimeSpan.FromSeconds(30), 3, UsualExecution);

    /// <summary>NB-IoT, 2025 only, by one source: 30 s and 5 times.</summary>
    public static LinkTiming NarrowBand { get; } = new(TimeSpan.FromSeconds(30), 5, UsualExecution);
}
