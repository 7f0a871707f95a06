using System.Security.Cryptography;
using System.Text;
using Qingyuan.Ledger.Merkle;
using Qingyuan.Platform.Evidence;
using Qingyuan.Platform.Tests.Engines;

namespace Qingyuan.Platform.Tests.Evidence;

[Requirement("R-5.6.8-5")]
public class DigestTests
{
    private static readonly DateTimeOffset Seven = new(2026, 11, 24, 23, 0, 0, TimeSpan.Zero); // 07:00 at the station

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task An_hour_is_sealed_some_minutes_after_its_end_and_once(Engine engine)
    {
        await using var bench = await EvidenceBench.OpenAsync(engine); // 08:00 sharp
        bench.Frames.Hours[Seven] = [(1, Frame("a")), (2, Frame("b")), (1, Frame("c")), (0, Frame("?"))];
        await bench.Digests.TakeDueAsync(Ct);
        Assert.Empty(await bench.RowsAsync<LedgerEntryRow>());
        bench.Clock.Advance(TimeSpan.FromMinutes(5));
        await bench.Digests.TakeDueAsync(Ct);
        await bench.Digests.TakeDueAsync(Ct);
        var entry = Assert.Single(await bench.RowsAsync<LedgerEntryRow>());
        Assert.Equal(("frames.hourly-digest", "frame-hour:2026-11-25T07:00:00+08:00"), (entry.Kind, entry.Subject));
        await bench.TurnAsync();
        Assert.True((await bench.Reader.VerifyAsync(entry.Id, Ct)).Ok);
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task A_single_frame_can_be_proved_from_its_bytes_to_the_sealed_root(Engine engine)
    {
        await using var bench = await EvidenceBench.OpenAsync(engine);
        bench.Frames.Hours[Seven] = [.. Enumerable.Range(0, 20).Select(i => ((i % 3) + 1, Frame($"frame {i}")))];
        bench.Clock.Advance(TimeSpan.FromMinutes(5));
        await bench.Digests.TakeDueAsync(Ct);
        var body = (await bench.Reader.FindAsync(Assert.Single(await bench.RowsAsync<LedgerEntryRow>()).Id, Ct))!.Body;
        var kept = (await bench.RowsAsync<StationDigestRow>()).OrderBy(row => row.StationNo).ToList();

        // From the frame to its station's root, from there to the hour's root, as a stranger would.
        var suite = HashSuite.Sha256;
        var frames = Enumerable.Range(0, 20).Where(i => (i % 3) + 1 == 2).Select(i => suite.Leaf(Frame($"frame {i}"))).ToList();
        Assert.True(Digest.TryFromBase64(kept[1].Sha256Root, out var stationRoot));
        Assert.True(ProofCheck.Inclusion(suite, suite.Leaf(Frame("frame 4")), 1, frames.Count, MerkleTree.Inclusion(suite, 1, frames.Count, MerkleTree.Over(suite, frames)), stationRoot));
        var leaves = kept.Select(row => suite.Leaf(Encoding.UTF8.GetBytes($"{row.Site}\n{row.Frames}\n{row.Sha256Root}\n"))).ToList();
        Assert.True(Digest.TryFromBase64(((string)body["sha256"]!)[4..], out var hourRoot));
        Assert.True(ProofCheck.Inclusion(suite, leaves[1], 1, 3, MerkleTree.Inclusion(suite, 1, 3, MerkleTree.Over(suite, leaves)), hourRoot));
        Assert.Equal(("3", "20"), ((string)body["stations"]!, (string)body["frames"]!));
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task Hours_missed_while_standing_still_are_caught_up_oldest_first_and_empty_ones_leave_no_entry(Engine engine)
    {
        await using var bench = await EvidenceBench.OpenAsync(engine);
        await bench.Digests.TakeDueAsync(Ct); // nothing was ever received
        Assert.Empty(await bench.RowsAsync<DigestHourRow>());
        foreach (var hour in new[] { -30, -29, -3 }) bench.Frames.Hours[Seven.AddHours(hour)] = [(1, Frame($"at {hour}"))];
        bench.Clock.Advance(TimeSpan.FromMinutes(5));
        await bench.Digests.TakeDueAsync(Ct);
        Assert.Equal(31, (await bench.RowsAsync<DigestHourRow>()).Count);
        Assert.Equal(
            ["2026-11-24T01:00:00+08:00", "2026-11-24T02:00:00+08:00", "2026-11-25T04:00:00+08:00"],
            (await bench.RowsAsync<LedgerEntryRow>()).OrderBy(row => row.Id).Select(row => row.Subject!["frame-hour:".Length..]));
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task Frames_that_come_into_an_hour_taken_too_early_are_sealed_when_the_clock_is_right_again(Engine engine)
    {
        await using var bench = await EvidenceBench.OpenAsync(engine); // 08:00 sharp
        bench.Frames.Hours[Seven] = [(1, Frame("a"))];
        bench.Clock.AdjustTime(bench.Clock.GetUtcNow().AddHours(5)); // our clock steps ahead: 07 to 12 are taken
        bench.Clock.Advance(TimeSpan.FromMinutes(5));
        await bench.Digests.TakeDueAsync(Ct);
        bench.Clock.AdjustTime(bench.Clock.GetUtcNow().AddHours(-4));
        bench.Frames.Hours[Seven.AddHours(1)] = [(1, Frame("b")), (2, Frame("c"))];
        bench.Frames.Hours[Seven].Add((1, Frame("d")));
        await bench.Digests.TakeDueAsync(Ct);
        await bench.Digests.TakeDueAsync(Ct);
        var bodies = (await bench.RowsAsync<LedgerEntryRow>()).OrderBy(row => row.Id).Select(row => System.Text.Json.Nodes.JsonNode.Parse(row.Body)!);
        Assert.Equal([("1", null), ("2", "1"), ("2", "0")], bodies.Select(body => ((string)body["frames"]!, (string?)body["supplements"])));
        Assert.Equal(4, (await bench.RowsAsync<StationDigestRow>()).Sum(row => row.Frames));
        Assert.Equal(6, (await bench.RowsAsync<DigestHourRow>()).Count);
    }

    private static byte[] Frame(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
