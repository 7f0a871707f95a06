using System.Globalization;
using Qingyuan.Platform.Analysis.Contracts;
using Qingyuan.Platform.Exchange.Contracts;
using Qingyuan.Platform.Exchange.Deliveries;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Tests.Blobs;
using Qingyuan.Platform.Tests.Peers;

namespace Qingyuan.Platform.Tests.Exchange;

/// <summary>A delivery of any size takes little memory: ingest needs it.</summary>
public class DeliveryMemoryTests
{
    private const int MinutesOfADay = 1440;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void A_station_that_went_out_of_use_within_a_period_is_delivered_up_to_then()
    {
        var gone = new FakeStations().Get(FakeStations.Gas)! with { RetiredAt = StationClock.Instant(DeliveryBench.Monday.AddHours(8)) };
        var reader = new DeliveryReader(null!, null!, new Analysis.FiledStations(gone));
        var rule = DeliveryBench.Rule() with { Choice = StationChoice.All };
        Assert.Single(reader.Stations(rule, DeliveryBench.Monday));
        Assert.Empty(reader.Stations(rule, DeliveryBench.Monday.AddDays(1)));
    }

    [Fact]
    public async Task Values_of_a_week_are_read_a_day_of_a_station_at_a_time_and_come_out_in_order()
    {
        await using var bench = await BlobBench.OpenAsync();
        var telemetry = new ValueAMinute();
        var reader = new DeliveryReader(telemetry, null!, new FakeStations());
        var rule = DeliveryBench.Rule() with { Choice = StationChoice.All, Data = [DeliveryData.Realtime] };
        var (begin, end) = (DeliveryBench.Monday.AddHours(8), DeliveryBench.Monday.AddDays(7)); // in the middle of a day
        var minutes = (int)(end - begin).TotalMinutes;
        var stations = reader.Stations(rule, begin);

        await using (var aside = bench.Store.Aside())
        {
            var table = await DeliveryTable.WriteAsync(reader.ReadAsync(stations, rule, begin, end, Token), stations.Count, aside);

            Assert.Equal((2, 2 * minutes), (table.Stations, table.Count));
            Assert.Equal(
                ((string[])["MN-GAS", "MN-WATER"]).SelectMany(mn => Enumerable.Range(0, minutes).Select(minute => (mn, DeliveryBench.Stamp(begin.AddMinutes(minute))))),
                table.Rows().Select(row => (row[0]!, row[6]!)));
            Assert.Equal(table.Digest, await DeliveryDigest.OfAsync(reader.ReadAsync(stations, rule, begin, end, Token)));
        }

        Assert.InRange(telemetry.Held.Most, 0, 2 * MinutesOfADay); // the part that was written, while the next one is read
        Assert.Empty(bench.Files());
    }

    [Theory]
    [InlineData(DeliveryForm.Csv)]
    [InlineData(DeliveryForm.Xlsx)]
    [InlineData(DeliveryForm.Parquet)]
    public async Task A_file_is_written_while_its_rows_are_read(DeliveryForm form)
    {
        const int Rows = 500_000;
        await using var bench = await BlobBench.OpenAsync();
        await using var file = bench.Store.Aside();
        var held = new HeldTexts(); // of every tenth row

        await TableFiles.WriteAsync(DeliveryFile.Format(form), [("value", "text")], Counted(Rows, held), [("rows", "500000")], file, Token);

        Assert.InRange(held.Most, 0, Rows / 10 / 2); // row groups of 50,000: one that was written, one being read
        Assert.NotEqual(0, file.Length);
    }

    private static IEnumerable<string?[]> Counted(int rows, HeldTexts held)
    {
        for (var row = 1; row <= rows; row++)
        {
            var text = row.ToString("D9", CultureInfo.InvariantCulture);
            if (row % 10 is 0) held.Give(text);
            if (row % 100_000 is 0) held.Count();
            yield return [text];
        }
    }
}
