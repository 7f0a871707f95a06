using System.Globalization;
using CsCheck;
using Qingyuan.Rules.Diagnosis;
using Qingyuan.Rules.Twins;

namespace Qingyuan.Rules.Tests.Twins;

/// <summary>What a twin keeps of its factors, in little room.</summary>
public class FactorTracksTests
{
    [Fact]
    public void Any_changes_give_what_a_dictionary_gives_and_leave_what_was_before_as_it_was() =>
        Gen.Select(Gen.String[Gen.Char['a', 'e'], 1, 3], Gen.Int[0, 99]).List[0, 40].Sample(changes =>
        {
            var expected = new SortedDictionary<string, string>(StringComparer.Ordinal);
            var tracks = FactorTracks.Empty;
            foreach (var (code, number) in changes)
            {
                var (before, known) = (tracks, expected.ToArray());
                var text = expected[code] = number.ToString(CultureInfo.InvariantCulture);
                tracks = tracks.With(code, new() { Text = text });
                Assert.Equal(known, Told(before));
            }

            Assert.Equal(expected, Told(tracks));
            Assert.Same(FactorTrack.None, tracks["z"]);
        });

    [Fact]
    public void Times_and_numbers_come_back_as_they_were_given()
    {
        var heard = new DateTimeOffset(2026, 3, 1, 8, 0, 0, TimeSpan.FromHours(8));
        var track = FactorTrack.None with { HeardAt = heard, LastCycle = TwinBench.Start, Text = "012.50" };
        Assert.Equal((heard, TwinBench.Start, 12.50m), (track.HeardAt, track.LastCycle, track.Number));
        track = track with { HeardAt = null, LastCycle = null, Text = "--" };
        Assert.Equal((null, null, null), (track.HeardAt, track.LastCycle, track.Number));
    }

    [Fact]
    public void A_trail_keeps_forty_minutes_and_nothing_that_is_older_than_that()
    {
        var trail = MinuteTrail.Empty;
        for (var minute = 0; minute <= 100; minute++) trail = trail.After(TwinBench.Start.AddMinutes(minute), 1m, null);
        Assert.Equal(Enumerable.Range(60, 40).Select(minute => TwinBench.Start.AddMinutes(minute)), trail.Points.Select(point => point.At));
        for (var hour = 3; hour <= 6; hour++) trail = trail.After(TwinBench.Start.AddHours(hour), 1m, null);
        Assert.Equal([TwinBench.Start.AddHours(5)], trail.Points.Select(point => point.At));
    }

    private static IEnumerable<KeyValuePair<string, string>> Told(FactorTracks tracks) =>
        tracks.Codes.Zip(tracks.Values, (code, track) => KeyValuePair.Create(code, track.Text!));
}
