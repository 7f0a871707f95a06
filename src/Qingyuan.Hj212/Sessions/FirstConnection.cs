using Qingyuan.Hj212.Catalogue;
using Qingyuan.Hj212.Messages;
using Qingyuan.Hj212.Messages.Bodies;
using Qingyuan.Hj212.Segments;

namespace Qingyuan.Hj212.Sessions;

/// <summary>What a host sets when a logger connects for the first time.</summary>
/// <param name="Time">Wall clock of the station.</param>
/// <param name="OverTime">Seconds, 1 to 99.</param>
/// <param name="ReCount">1 to 99.</param>
/// <param name="RealtimeInterval">Seconds.</param>
/// <param name="MinuteInterval">Minutes: 1 2 3 4 5 6 10 12 15 20 30; null where the edition has no such setting (2005).</param>
/// <param name="Realtime">Whether real-time data are uploaded.</param>
/// <param name="UnitState">Whether the state of treatment units is uploaded.</param>
public sealed record FirstSettings(DateTime Time, int OverTime, int ReCount, int RealtimeInterval, int? MinuteInterval, bool Realtime, bool UnitState);

/// <summary>首次连接 (HJ 212-2017 6.7): clock, time-out and resends, real-time interval, minute interval, real-time upload, state upload, in this order.</summary>
public static class FirstConnection
{
    /// <summary>The messages, in their order; QN, ST, PW and MN are the caller's to add. A setting the edition does not have is left out.</summary>
    public static IEnumerable<(Message Message, AnswerKind Answer)> Messages(FirstSettings settings, Edition edition, CommandCatalogue? catalogue = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        (int Command, Body? Body)[] order =
        [
            (1012, new Clock(null, settings.Time)),
            (1000, new LinkSettings(settings.OverTime, settings.ReCount)),
            (1062, new RealtimeInterval(settings.RealtimeInterval)),
            (1064, settings.MinuteInterval is { } minutes ? new MinuteInterval(minutes) : null),
            settings.Realtime ? (2011, new RealtimeRequest()) : (2012, new NoParameters()),
            (settings.UnitState ? 2021 : 2022, new NoParameters()),
        ];
        foreach (var (command, body) in order)
            if (body is not null && (catalogue ?? CommandCatalogue.Default).TryFind(command, edition, Sender.Host, out var spec)) yield return (Message.Of(spec, body), spec.Answer);
    }
}
