using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Platform.Tests.Edge;
using Qingyuan.Platform.Tests.Engines;

namespace Qingyuan.Platform.Tests.Archive;

/// <summary>Stations of a spreadsheet, seen before they are filed; over HTTP as scripts use it.</summary>
public class StationTableTests
{
    private const string Headings = "MN,站点名称,监测类型,协议版本,上报密码,排污单位,经度,纬度,坐标系,运维人员,领导\r\n";

    private static int _numbers;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    [Requirement("R-5.5.3-5")]
    public async Task A_table_is_seen_first_then_filed_and_filing_it_again_files_nothing_twice(Engine engine)
    {
        var house = await HostHouse.OfAsync(engine);
        var (gas, water) = (Mn(), Mn());
        var table = "2026 年新增站点\r\n" + Headings + $"{gas},烟气一,废气,HJ 212-2017,123456,某厂,108.32015,22.81502,GCJ-02,,王\r\n\r\n{water},出水口,water,2025,654321,,,,,,\r\n";

        var (status, seen) = await UploadAsync(house, table, isPreview: true);
        Assert.Equal((HttpStatusCode.OK, 2, 0, 0), (status, Number(seen, "new"), Number(seen, "filed"), Number(seen, "refused")));
        Assert.Equal("领导", seen.GetProperty("ignored")[0].GetString());
        var directory = house.Services.GetRequiredService<IStationDirectory>();
        Assert.Null(directory.Find(gas));

        var (_, filed) = await UploadAsync(house, table, isPreview: false);
        Assert.Equal((0, 2, 0), (Number(filed, "new"), Number(filed, "filed"), Number(filed, "refused")));
        Assert.Equal((StationKind.Gas, 2017, new StationPosition(108.32015m, 22.81502m, PositionDatum.Gcj02), "某厂"), (directory.Find(gas)!.Kind, directory.Find(gas)!.Edition, directory.Find(gas)!.Position, directory.Find(gas)!.DischargerName));
        Assert.Equal((StationKind.Water, 2025), (directory.Find(water)!.Kind, directory.Find(water)!.Edition));
        Assert.Equal("654321", Encoding.ASCII.GetString(directory.FindAccess(water)!.Password));

        var (_, again) = await UploadAsync(house, table, isPreview: false);
        Assert.Equal((0, 2), (Number(again, "new"), Number(again, "filed")));
        using var client = house.Client(Roles.Dispatcher);
        var entries = (await client.GetFromJsonAsync<JsonElement>(new Uri($"/api/v1/ledger-entries?subject=file:{filed.GetProperty("sha256").GetString()}", UriKind.Relative), Token)).GetProperty("items");
        Assert.Equal("station.import", Assert.Single(entries.EnumerateArray()).GetProperty("kind").GetString());
        Assert.DoesNotContain("654321", entries.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_wrong_is_said_row_by_row_with_its_column_and_keeps_out_no_other_row()
    {
        var house = await HostHouse.OfAsync(Engine.Sqlite);
        var (taken, good) = (Mn(), Mn());
        await UploadAsync(house, Headings + $"{taken},先来的,废气,2017,123456,,,,,,\r\n", isPreview: false);
        var table = Headings
            + "不是MN,甲,废气,2017,123456,,,,,,\r\n" + $"{Mn()},乙,噪声,2017,123456,,,,,,\r\n" + $"{Mn()},丙,废气,2018,123456,,,,,,\r\n" + $"{Mn()},丁,废水,2017,,,,,,,\r\n" + $"{Mn()},戊,废水,2017,123456,,108.3,,,,\r\n"
            + $"{Mn()},己,废水,2017,123456,,,,,nobody,\r\n" + $"{taken},别的名字,废气,2017,123456,,,,,,\r\n" + $"{good},庚,废水,2017,123456,,,,,,\r\n" + $"{good},辛,废水,2017,123456,,,,,,\r\n" + $"{Mn()},壬,废气,2017,12;34,,,,,,\r\n";

        var (_, filed) = await UploadAsync(house, table, isPreview: false);

        Assert.Equal((0, 1, 9), (Number(filed, "new"), Number(filed, "filed"), Number(filed, "refused")));
        var rows = filed.GetProperty("rows").EnumerateArray().ToArray();
        Assert.Equal(
            ["2 mn station.field-invalid", "3 kind station.field-invalid", "4 edition station.field-invalid", "5 password station.field-missing", "6 latitude station.field-missing", "7 technician station.technician-invalid", "8 mn station.mn-taken", "9  ", "10 mn station.mn-twice", "11 password station.field-invalid"],
            rows.Select(row => $"{row.GetProperty("row").GetInt32()} {row.GetProperty("column").GetString()} {row.GetProperty("code").GetString()}"));
        Assert.Contains("第 9 行", rows[8].GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Contains("先来的", rows[6].GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Equal("庚", house.Services.GetRequiredService<IStationDirectory>().Find(good)!.Name);
    }

    [Theory]
    [InlineData("stations.csv", "站点名称,监测类型\r\nA,废气\r\n", "import.column-missing")]
    [InlineData("stations.csv", "MN,站点名称,监测类型,协议版本,上报密码,密码\r\n", "import.column-twice")]
    [InlineData("stations.csv", "MN,站点名称,监测类型,协议版本,上报密码\r\n", "import.no-rows")]
    [InlineData("stations.csv", "", "import.no-rows")]
    [InlineData("stations.pdf", "x", "table.unknown-kind")]
    [InlineData("stations.xlsx", "x", "table.not-xlsx")]
    public async Task A_file_that_is_no_table_of_stations_is_refused_as_a_whole(string name, string content, string code)
    {
        var (status, problem) = await UploadAsync(await HostHouse.OfAsync(Engine.Sqlite), content, isPreview: true, name);
        Assert.Equal((HttpStatusCode.BadRequest, code), (status, problem.GetProperty("type").GetString()));
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("xlsx")]
    public async Task The_template_has_every_heading_and_is_understood(string format)
    {
        var house = await HostHouse.OfAsync(Engine.Sqlite);
        using var client = house.Client(Roles.Dispatcher);
        var template = await client.GetByteArrayAsync(new Uri($"/api/v1/stations/import/template?format={format}", UriKind.Relative), Token);
        var (status, problem) = await UploadAsync(house, template, isPreview: true, "模板." + format);
        Assert.Equal((HttpStatusCode.BadRequest, "import.no-rows"), (status, problem.GetProperty("type").GetString())); // its headings are, and there is nothing beneath them
        using var other = await client.GetAsync(new Uri("/api/v1/stations/import/template?format=doc", UriKind.Relative), Token);
        Assert.Equal(HttpStatusCode.BadRequest, other.StatusCode);
    }

    private static string Mn() => $"TABLE{Interlocked.Increment(ref _numbers):D8}";

    private static int Number(JsonElement json, string name) => json.GetProperty(name).GetInt32();

    private static Task<(HttpStatusCode Status, JsonElement Body)> UploadAsync(HostHouse house, string csv, bool isPreview, string name = "站点.csv") => UploadAsync(house, Encoding.UTF8.GetBytes(csv), isPreview, name);

    private static async Task<(HttpStatusCode Status, JsonElement Body)> UploadAsync(HostHouse house, byte[] file, bool isPreview, string name)
    {
        using var client = house.Client(Roles.Dispatcher);
        using var form = new MultipartFormDataContent { { new ByteArrayContent(file), "file", name } };
        using var answer = await client.PostAsync(new Uri($"/api/v1/stations/import?preview={(isPreview ? "true" : "false")}", UriKind.Relative), form, Token);
        return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>(Token));
    }
}
