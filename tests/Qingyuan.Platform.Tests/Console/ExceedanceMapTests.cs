using System.Text.Json;
using Microsoft.Extensions.Localization;
using Qingyuan.Console.Analysis;
using Qingyuan.Platform.Analysis.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Stations.Contracts;

namespace Qingyuan.Platform.Tests.Console;

public class ExceedanceMapTests
{
    [Fact]
    public void Stations_with_a_position_are_shown_those_over_their_limit_on_top_and_all_lie_in_the_frame()
    {
        var map = JsonSerializer.SerializeToElement(ExploreModels.Map(Found(Station("over", 109, 24, 3), Station("good", 108, 22, 0), Station("nowhere", null, null, 5)), [[[107, 21], [110, 25]]], new Words()));

        Assert.Equal(["good", "over"], map.GetProperty("points").EnumerateArray().Select(point => point[2].GetString()));
        Assert.True(map.GetProperty("west").GetDouble() < 107 && map.GetProperty("east").GetDouble() > 110);
        Assert.True(map.GetProperty("south").GetDouble() < 21 && map.GetProperty("north").GetDouble() > 25);
    }

    [Fact]
    public void Without_a_position_there_is_no_map() => Assert.Null(ExploreModels.Map(Found(Station("nowhere", null, null, 5)), [], new Words()));

    [Fact]
    public void Borders_are_read_from_any_geojson_and_again_when_the_file_is_another_one()
    {
        var boundary = new BoundaryFile(new DataDirectory(Directory.CreateTempSubdirectory("qingyuan-map-").FullName));
        Assert.Empty(boundary.Lines(out _));

        Write(boundary, """{"type":"FeatureCollection","features":[{"geometry":{"type":"MultiPolygon","coordinates":[[[[108,22],[109,22],[109,23],[108,22]]],[[[1,2],[3,4]]]]},"properties":{"name":"南宁"}}]}""", 1);
        Assert.Equal([4, 2], boundary.Lines(out var fault).Select(line => line.Length));
        Assert.Null(fault);

        Write(boundary, "{ not json", 2);
        Assert.Empty(boundary.Lines(out fault));
        Assert.NotNull(fault);
    }

    private static void Write(BoundaryFile boundary, string text, int minute)
    {
        File.WriteAllText(boundary.Path, text);
        File.SetLastWriteTimeUtc(boundary.Path, new DateTime(2026, 12, 1, 0, minute, 0, DateTimeKind.Utc)); // two writes may bear one time
    }

    private static AnalysisOverview Found(params StationSpread[] stations) => new(null, [], [], stations, [], new Dictionary<string, int>(), [], 0);

    private static StationSpread Station(string name, decimal? longitude, decimal? latitude, int over) => new(
        new(1, Guid.Empty, name, name, StationKind.Gas, 2017, FlagTable.Hj212, false, "", "", "", null, null, null, 60, 10, null, null, [])
        {
            Position = longitude is { } east && latitude is { } north ? new(east, north, PositionDatum.Wgs84) : null,
        },
        Distribution.Of([1, 2, 3])!, over, null, "mg/m3");

    private sealed class Words : IStringLocalizer<Texts>
    {
        public LocalizedString this[string name] => new(name, name);

        public LocalizedString this[string name, params object[] arguments] => new(name, name);

        public IEnumerable<LocalizedString> GetAllStrings(bool includeParentCultures) => [];
    }
}
