using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Qingyuan.Platform.Exchange.Contracts;
using Qingyuan.Platform.Exchange.Importing;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Platform.Tests.Engines;
using Qingyuan.Platform.Tests.Ingest;
using Qingyuan.Platform.Tests.Shared;

namespace Qingyuan.Platform.Tests.Exchange;

/// <summary>Files in, seen first, taken back as a whole; over HTTP as scripts and the console use it.</summary>
public class ImportTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    [Requirement("R-5.5.3-5")]
    public async Task A_file_counts_once_confirmed_and_no_longer_once_undone_and_nothing_of_it_is_lost(Engine engine)
    {
        var bench = await ImportBench.OpenAsync(engine);
        var csv = bench.Laboratory("@,w01018,2026-03-01 08:20,18.20,mg/L,HJ 828-2017,市监测站,S-1,平行", "@,pH值,2026年3月1日 8时20分,7.2,无量纲,,,,", "@,w01018,2026/3/1 9:20,<0.5,mg/L,,,,");

        var (status, draft) = await bench.UploadAsync("laboratory", csv, "三月.csv");
        Assert.Equal((HttpStatusCode.Created, "draft", 3, 3, 0), (status, draft.GetProperty("state").GetString(), draft.GetProperty("rows").GetInt32(), draft.GetProperty("good").GetInt32(), draft.GetProperty("wrong").GetInt32()));
        Assert.Empty(await ResultsAsync(bench));
        var id = draft.GetProperty("id").GetString()!;
        Assert.Equal("18.20", (await bench.GetAsync($"/imports/{id}", Roles.Dispatcher)).Body.GetProperty("preview")[0].GetProperty("value").GetString());

        Assert.Equal(HttpStatusCode.OK, (await bench.PostAsync($"/imports/{id}/confirm")).Status);
        var results = await ResultsAsync(bench);
        Assert.Equal(["18.20", "7.2", "<0.5"], results.Select(Value));
        Assert.Equal(("2026-03-01T08:20:00+08:00", "HJ 828-2017", "市监测站", "S-1", "平行", "imported"), (Text(results[0], "sampledAt"), Text(results[0], "method"), Text(results[0], "laboratory"), Text(results[0], "sampleNumber"), Text(results[0], "remark"), Text(results[0], "provenance")));
        var source = results[0].GetProperty("source");
        Assert.Equal((id, "三月.csv", 2), (Text(source, "import"), Text(source, "file"), source.GetProperty("row").GetInt32()));
        Assert.NotEqual(Text(draft, "by"), Text(source, "by")); // whoever confirmed it, not whoever uploaded it
        Assert.Equal(HttpStatusCode.Conflict, (await bench.PostAsync($"/imports/{id}/confirm")).Status);

        Assert.Equal("import.reason-missing", Text((await bench.PostAsync($"/imports/{id}/undo", new { reason = " " })).Body, "type"));
        var (undone, after) = await bench.PostAsync($"/imports/{id}/undo", new { reason = "样品混淆" }, Roles.QcManager);
        Assert.Equal((HttpStatusCode.OK, "undone", "样品混淆"), (undone, Text(after, "state"), Text(after, "reason")));
        Assert.NotNull(after.GetProperty("endedBy").GetString());
        Assert.Empty(await ResultsAsync(bench));
        await using var db = bench.House.Services.GetRequiredService<IDatabase>().Read();
        Assert.Equal(3, await db.Set<LaboratoryRow>().CountAsync(row => row.StationNo == bench.Station.StationNo, Token));
        var entries = await bench.ItemsAsync($"/ledger-entries?subject=import:{id}");
        Assert.Equal(["data.import.confirmed", "data.import.undone"], entries.Select(entry => Text(entry, "kind")).Order(StringComparer.Ordinal));
        using var client = bench.House.Client(Roles.QcManager);
        Assert.Equal(Encoding.UTF8.GetBytes(csv), await client.GetByteArrayAsync(new Uri($"/api/v1/imports/{id}/file", UriKind.Relative), Token));
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task Each_wrong_row_is_named_with_its_column_and_reason_and_the_right_ones_are_taken(Engine engine)
    {
        var bench = await ImportBench.OpenAsync(engine);
        var later = TimeProvider.System.GetUtcNow().AddDays(2).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        var (_, draft) = await bench.UploadAsync("laboratory", bench.Laboratory(
            "@,w01018,2026-03-01 08:00,18.2,mg/L,,,,", "NOBODY,w01018,2026-03-01 08:00,18.2,mg/L,,,,", ",,,,,,,,x", "@,unobtainium,2026-03-01 08:00,18.2,mg/L,,,,", "@,w01018,yesterday,18.2,mg/L,,,,",
            "@,w01018,2026-03-01,18.2,mg/L,,,,", "@,w01018,2026-03-01T08:00+01:00,18.2,mg/L,,,,", $"@,w01018,{later},18.2,mg/L,,,,", "@,w01018,1899-03-01 08:00,18.2,mg/L,,,,", "@,w01018,2026-03-01 09:00,about 18,mg/L,,,,",
            "@,w01018,2026-03-01 09:00,18.2,ug/L,,,,", "@,w01018,2026-03-01 09:00,18.2,,,,,", $"@,w01018,2026-03-01 09:00,18.2,mg/L,{new string('m', 201)},,,", "@,w01018,2026-03-01 09:00,18.2,mg/L,a\u0001b,,,", "@,w01018,9999-12-31 23:59:59.9999999,18.2,mg/L,,,,", "@,TOC,2026-03-01T08:00:00+08:00,about,mg/L,,,,"));
        var id = Text(draft, "id");
        Assert.Equal((16, 1, 15), (draft.GetProperty("rows").GetInt32(), draft.GetProperty("good").GetInt32(), draft.GetProperty("wrong").GetInt32()));
        Assert.Equal(
            [
                "3 station row.station-unknown", "4 station row.missing", "4 factor row.missing", "4 time row.missing", "4 value row.missing", "5 factor row.factor-unknown", "6 time row.time-unreadable",
                "7 time row.time-of-day-missing", "8 time row.time-zone", "9 time row.time-in-future", "10 time row.time-too-early", "11 value row.result-unreadable", "12 unit row.unit-other", "13 unit row.unit-missing",
                "14 method row.too-long", "15 method row.control-character", "16 time row.time-in-future", "17 value row.result-unreadable",
            ],
            await bench.ErrorsAsync(id));
        var said = (await bench.GetAsync($"/imports/{id}?limit=1", Roles.QcManager)).Body;
        Assert.Equal(("站点MN", "没有站点“NOBODY”", "wrong"), (Text(said.GetProperty("errors")[0], "heading"), Text(said.GetProperty("errors")[0], "reason"), Text(said.GetProperty("errors")[0], "remark")));
        var next = (await bench.GetAsync($"/imports/{id}?limit=1000&after={Text(said, "next")}", Roles.QcManager)).Body;
        Assert.Equal(17, next.GetProperty("errors").GetArrayLength());
        await bench.PostAsync($"/imports/{id}/confirm");
        Assert.Equal(["18.2"], (await ResultsAsync(bench)).Select(Value));
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task What_is_there_already_is_repeated_or_contradicts_and_neither_value_replaces_the_other(Engine engine)
    {
        var bench = await ImportBench.OpenAsync(engine);
        var first = await bench.ImportAsync("laboratory", bench.Laboratory("@,w01018,2026-03-01 08:00,18.2,mg/L,,,,", "@,w01018,2026-03-01 09:00,20,mg/L,,,,"), "first.csv");
        var (_, draft) = await bench.UploadAsync("laboratory", bench.Laboratory(
            "@,COD,2026-03-01 08:00,18.20,mg/L,,,,", "@,w01018,2026-03-01 09:00,<20,mg/L,,,,", "@,w01018,2026-03-01 10:00,21,mg/L,,,,", "@,011,2026-03-01 10:00,21.0,mg/L,,,,", "@,w01018,2026-03-01 10:00,22,mg/L,,,,", "@,w01018,2026-03-01 10:00,22.0,mg/L,,,,"), "second.csv");
        Assert.Equal((6, 3, 3, 2), (draft.GetProperty("rows").GetInt32(), draft.GetProperty("good").GetInt32(), draft.GetProperty("repeated").GetInt32(), draft.GetProperty("contradicting").GetInt32()));
        var second = Text(draft, "id");
        Assert.Equal(["2 value row.repeated-in-stored", "3 value row.contradicts-stored", "5 value row.repeated-in-file", "6 value row.contradicts-file", "7 value row.repeated-in-file"], await bench.ErrorsAsync(second));
        Assert.Contains("first.csv", Text((await bench.GetAsync($"/imports/{second}?remark=contradicting", Roles.QcManager)).Body.GetProperty("errors")[0], "reason"), StringComparison.Ordinal);

        await bench.PostAsync($"/imports/{second}/confirm");
        Assert.Equal(["18.2 False", "20 True", "<20 True", "21 True", "22 True"], (await ResultsAsync(bench)).Select(Contradicting));
        await bench.PostAsync($"/imports/{first}/undo", new { reason = "wrong file" });
        Assert.Equal(["<20 False", "21 True", "22 True"], (await ResultsAsync(bench)).Select(Contradicting));
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    [Requirement("R-5.5.4-1")]
    public async Task Values_of_another_system_stay_apart_from_what_was_received(Engine engine)
    {
        var bench = await ImportBench.OpenAsync(engine);
        await bench.ImportAsync("history", bench.History("@,w01018,小时,2025-03-01 08:00,18.2,N", "@,w01018,日,2025-03-01,18.4,", "@,w01018,2011,20250301083000,18.1,D", "@,w01018,hour,2025-03-01 08:00,18.2,N", "@,w01018,week,2025-03-01,1,N", "@,w01018,小时,2025-03-01 09:00,<1,N!"));
        var values = await bench.ItemsAsync($"/imported-values?station={bench.Station.Mn}");
        Assert.Equal(["day 18.4 ", "hour 18.2 N", "realtime 18.1 D"], values.Select(value => $"{Text(value, "period")} {Value(value)} {value.GetProperty("flag").GetString()}"));
        Assert.All(values, value => Assert.Equal("imported", Text(value, "provenance")));
        Assert.Single(await bench.ItemsAsync($"/imported-values?station={bench.Station.Mn}&period=hour&factor=w01018&from=2025-03-01T08:00:00%2B08:00&to=2025-03-01T09:00:00%2B08:00"));
        var readings = (await bench.GetAsync($"/stations/{bench.Station.Mn}/readings?factor=w01018&resolution=hour&from=2025-03-01T00:00:00%2B08:00&to=2025-03-02T00:00:00%2B08:00")).Body;
        Assert.Equal(0, (readings.ValueKind is JsonValueKind.Array ? readings : readings.GetProperty("items")).GetArrayLength());
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task A_confirmation_that_was_cut_short_goes_on_where_it_was(Engine engine)
    {
        var bench = await ImportBench.OpenAsync(engine);
        var start = new DateTime(2026, 3, 1);
        var (_, draft) = await bench.UploadAsync("history", bench.History([.. Enumerable.Range(0, 1200).Select(minute => $"@,w01018,minute,{start.AddMinutes(minute):yyyy-MM-dd HH:mm},{minute},N")]));
        var id = Guid.Parse(Text(draft, "id"));
        await bench.House.Services.GetRequiredService<IDatabase>().WriteAsync(
            async (db, token) =>
            {
                var import = await db.Set<ImportRow>().SingleAsync(row => row.Id == id, token);
                import.State = ImportState.Storing;
                db.AddRange(Enumerable.Range(0, 700).Select(minute => new HistoryRow
                {
                    ImportNo = import.No, Row = minute + 2, StationNo = bench.Station.StationNo, Factor = "w01018", Period = Platform.Telemetry.Contracts.Resolution.Minute, At = start.AddMinutes(minute), Value = minute.ToString(CultureInfo.InvariantCulture), Flag = "N",
                }));
                return true;
            },
            Token);
        Assert.Empty(await bench.ItemsAsync($"/imported-values?station={bench.Station.Mn}"));
        Assert.Equal(HttpStatusCode.OK, (await bench.PostAsync($"/imports/{id}/confirm")).Status);
        var (seen, after) = (new List<string>(), "");
        do
        {
            var page = (await bench.GetAsync($"/imported-values?station={bench.Station.Mn}&limit=500{after}")).Body;
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(Value));
            after = page.GetProperty("next").GetString() is { } next ? "&after=" + next : "";
        }
        while (after.Length > 0);
        Assert.Equal(Enumerable.Range(0, 1200).Select(minute => minute.ToString(CultureInfo.InvariantCulture)), seen);
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    [Requirement("R-5.5.4-1")]
    public async Task Raw_frames_are_looked_through_first_and_stay_once_they_are_stored(Engine engine)
    {
        var bench = await ImportBench.OpenAsync(engine);
        var frame = Encoding.UTF8.GetString(Logger.Frame($"QN=20250301080000001;ST=32;CN=2061;PW=123456;MN={bench.Station.Mn};Flag=4;CP=&&DataTime=20250301070000;w01018-Avg=18.2,w01018-Flag=N&&"));
        var (_, draft) = await bench.UploadAsync("frames", $"{frame}nonsense\r\n{frame.Replace("18.2", "18.3", StringComparison.Ordinal)}", "frames.txt");
        Assert.Equal((3, 1, 2), (draft.GetProperty("rows").GetInt32(), draft.GetProperty("good").GetInt32(), draft.GetProperty("wrong").GetInt32()));
        var id = Text(draft, "id");
        Assert.Equal(["2  frame.NoHeader", "3  frame.CrcMismatch"], await bench.ErrorsAsync(id));
        Assert.Empty(await bench.ItemsAsync($"/frames?mn={bench.Station.Mn}"));

        Assert.Equal("confirmed", Text((await bench.PostAsync($"/imports/{id}/confirm")).Body, "state"));
        Assert.Single(await bench.ItemsAsync($"/frames?mn={bench.Station.Mn}"));
        Assert.Equal("import.frames-stay", Text((await bench.PostAsync($"/imports/{id}/undo", new { reason = "no" })).Body, "type"));
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task A_file_of_frames_comes_again_while_some_of_it_was_refused(Engine engine)
    {
        var (bench, late) = (await ImportBench.OpenAsync(engine), $"LATE{Guid.CreateVersion7():N}"[..24]);
        var file = string.Concat(((string[])[bench.Station.Mn, late]).Select(mn => Encoding.UTF8.GetString(Logger.Frame($"QN=20250301080000001;ST=32;CN=2061;PW=123456;MN={mn};Flag=4;CP=&&DataTime=20250301070000;w01018-Avg=18.2,w01018-Flag=N&&"))));
        var first = await bench.ImportAsync("frames", file, "frames.txt");
        await bench.House.Services.GetRequiredService<IStationArchive>().AddAsync(new(late, "后补站", StationKind.Water, 2017, "123456"), Actor.Service("test", "self"), Token);

        var (status, draft) = await bench.UploadAsync("frames", file, "frames.txt");
        Assert.Equal((HttpStatusCode.Created, 0), (status, draft.GetProperty("wrong").GetInt32()));
        Assert.Equal((HttpStatusCode.Conflict, "import.already-uploaded"), Said(await bench.UploadAsync("frames", file, "frames.txt")));
        Assert.Equal("confirmed", Text((await bench.PostAsync($"/imports/{Text(draft, "id")}/confirm")).Body, "state"));

        Assert.Single(await bench.ItemsAsync($"/frames?mn={bench.Station.Mn}"));
        Assert.Single(await bench.ItemsAsync($"/frames?mn={late}"));
        Assert.Equal("confirmed", Text((await bench.GetAsync($"/imports/{first}", Roles.QcManager)).Body.GetProperty("import"), "state"));
        Assert.Equal((HttpStatusCode.Conflict, "import.already-uploaded"), Said(await bench.UploadAsync("frames", file, "frames.txt")));
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task The_same_file_is_told_until_its_import_is_dropped_or_undone(Engine engine)
    {
        var bench = await ImportBench.OpenAsync(engine);
        var csv = bench.Laboratory("@,w01018,2026-03-01 08:00,18.2,mg/L,,,,");
        var id = Text((await bench.UploadAsync("laboratory", csv)).Body, "id");
        var (status, told) = await bench.UploadAsync("laboratory", csv, "other name.csv");
        Assert.Equal((HttpStatusCode.Conflict, "import.already-uploaded", id), (status, Text(told, "type"), told.GetProperty("args")[0].GetString()));
        Assert.Equal("dropped", Text((await bench.PostAsync($"/imports/{id}/drop")).Body, "state"));
        Assert.Equal("import.not-draft", Text((await bench.PostAsync($"/imports/{id}/confirm")).Body, "type"));
        var again = await bench.ImportAsync("laboratory", csv);
        Assert.Equal(HttpStatusCode.Conflict, (await bench.UploadAsync("laboratory", csv)).Status);
        await bench.PostAsync($"/imports/{again}/undo", new { reason = "test" });
        Assert.Equal(HttpStatusCode.Created, (await bench.UploadAsync("laboratory", csv)).Status);
        Assert.Equal(3, (await bench.GetAsync("/imports?limit=1000", Roles.QcManager)).Body.GetProperty("items").EnumerateArray().Count(import => Text(import, "sha256") == Sha(csv)));
    }

    [Fact]
    public async Task What_cannot_have_been_measured_there_and_then_is_named_row_by_row()
    {
        var bench = await ImportBench.OpenAsync(Engine.Sqlite);
        var (_, laboratory) = await bench.UploadAsync("laboratory", bench.Laboratory("@,w01018,2026-03-01 08:20,-1.2,mg/L,,,,"));
        Assert.Contains("value row.result-negative", (await bench.ErrorsAsync(Text(laboratory, "id")))[0], StringComparison.Ordinal);
        var (_, history) = await bench.UploadAsync("history", bench.History("@,w01018,小时,2026-03-01 08:30,1,N", "@,w01018,分钟,2026-03-01 08:03:20,1,N", "@,a21002,小时,2026-03-01 08:00,1,N", "@,w01018,小时,2026-03-01 08:00,1,N"));
        var errors = await bench.ErrorsAsync(Text(history, "id"));
        Assert.Equal(3, errors.Length);
        Assert.Contains("time row.time-not-of-period", errors[0], StringComparison.Ordinal);
        Assert.Contains("time row.time-not-of-period", errors[1], StringComparison.Ordinal);
        Assert.Contains("factor row.factor-other-medium", errors[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Spreadsheets_with_their_own_dates_and_files_of_other_encodings_are_the_same_data()
    {
        var bench = await ImportBench.OpenAsync(Engine.Sqlite);
        string[] texts = ["站点MN", "监测因子", "采样时间（北京时间）", "测定结果*", "单位", "谁知道", bench.Station.Name, "化学需氧量", "mg/L", "三月份实验室结果"];
        var sheet = Workbook.Of(
            """
            <row r="1"><c r="A1" t="s"><v>9</v></c></row>
            <row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" t="s"><v>1</v></c><c r="C2" t="s"><v>2</v></c><c r="D2" t="s"><v>3</v></c><c r="E2" t="s"><v>4</v></c><c r="F2" t="s"><v>5</v></c></row>
            <row r="3"><c r="A3" t="s"><v>6</v></c><c r="B3" t="s"><v>7</v></c><c r="C3" s="1"><v>46082.333333333336</v></c><c r="D3"><f>9.1*2</f><v>18.199999999999999</v></c><c r="E3" t="s"><v>8</v></c></row>
            <row r="4"><c r="A4" t="s"><v>6</v></c><c r="B4" t="s"><v>7</v></c><c r="C4"><v>46082.375</v></c><c r="D4"><v>19</v></c><c r="E4" t="s"><v>8</v></c></row>
            """, texts);
        var (status, draft) = await bench.UploadAsync("laboratory", sheet, "excel.XLSX");
        Assert.Equal((HttpStatusCode.Created, 2, "谁知道"), (status, draft.GetProperty("good").GetInt32(), draft.GetProperty("ignored")[0].GetString()));
        await bench.PostAsync($"/imports/{Text(draft, "id")}/confirm");
        Assert.Equal(["2026-03-01T08:00:00+08:00 18.2", "2026-03-01T09:00:00+08:00 19"], (await ResultsAsync(bench)).Select(each => $"{Text(each, "sampledAt")} {Value(each)}"));

        var gbk = CodePagesEncodingProvider.Instance.GetEncoding("GBK")!.GetBytes(bench.Laboratory("@,化学需氧量,2026-03-01 08:00:00,18.2,毫克/升,,,,").Replace(',', ';'));
        var repeated = (await bench.UploadAsync("laboratory", gbk, "gbk.csv")).Body;
        Assert.Equal((1, 0, 1), (repeated.GetProperty("rows").GetInt32(), repeated.GetProperty("good").GetInt32(), repeated.GetProperty("repeated").GetInt32()));
        Assert.Equal("import.nothing-good", Text((await bench.PostAsync($"/imports/{Text(repeated, "id")}/confirm")).Body, "type"));
    }

    [Fact]
    public async Task A_file_that_cannot_be_one_is_refused_with_a_reason()
    {
        var bench = await ImportBench.OpenAsync(Engine.Sqlite);
        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "import.too-large"), Said(await bench.UploadAsync("laboratory", new byte[(50 << 20) + 1], "big.csv")));
        Assert.Equal((HttpStatusCode.BadRequest, "table.too-large"), Said(await bench.UploadAsync("laboratory", Workbook.Of("", null, "", ("xl/media/a.bin", Workbook.Bomb(1000))), "bomb.xlsx")));
        Assert.Equal((HttpStatusCode.BadRequest, "table.not-xlsx"), Said(await bench.UploadAsync("laboratory", "not one"u8.ToArray(), "a.xlsx")));
        Assert.Equal((HttpStatusCode.BadRequest, "table.unknown-kind"), Said(await bench.UploadAsync("history", "x"u8.ToArray(), "a.pdf")));
        Assert.Equal((HttpStatusCode.BadRequest, "import.column-missing"), Said(await bench.UploadAsync("laboratory", "站点MN,监测因子\r\n1,2\r\n")));
        Assert.Equal((HttpStatusCode.BadRequest, "import.column-twice"), Said(await bench.UploadAsync("laboratory", "站点MN,MN,监测因子,采样时间,测定结果,单位\r\n")));
        Assert.Equal((HttpStatusCode.BadRequest, "import.no-rows"), Said(await bench.UploadAsync("laboratory", bench.Laboratory())));
        Assert.Equal((HttpStatusCode.BadRequest, "request.field-invalid"), Said(await bench.UploadAsync("gossip", "x")));
        Assert.Equal((HttpStatusCode.UnsupportedMediaType, "import.not-multipart"), Said(await bench.PostAsync("/imports", new { kind = "laboratory" })));
        Assert.Equal(HttpStatusCode.NotFound, (await bench.PostAsync($"/imports/{Guid.CreateVersion7()}/confirm")).Status);
    }

    [Theory]
    [InlineData("laboratory", "csv")]
    [InlineData("laboratory", "xlsx")]
    [InlineData("history", "csv")]
    [InlineData("history", "xlsx")]
    public async Task A_template_is_understood_when_it_comes_back(string kind, string format)
    {
        var bench = await ImportBench.OpenAsync(Engine.Sqlite);
        using var client = bench.House.Client(Roles.Dispatcher);
        var file = await client.GetByteArrayAsync(new Uri($"/api/v1/imports/templates/{kind}?format={format}", UriKind.Relative), Token);
        Assert.Equal("import.no-rows", Text((await bench.UploadAsync(kind, file, $"t.{format}")).Body, "type")); // its headings are; it has no rows yet
        Assert.Equal(HttpStatusCode.NotFound, (await bench.GetAsync("/imports/templates/frames?format=csv", Roles.Dispatcher)).Status);
    }

    [Fact]
    public async Task Who_may_not_see_the_station_sees_none_of_its_results_and_only_two_roles_import()
    {
        var (own, other) = (await ImportBench.OpenAsync(Engine.Sqlite, "works"), await ImportBench.OpenAsync(Engine.Sqlite, "elsewhere"));
        foreach (var bench in (ImportBench[])[own, other]) await bench.ImportAsync("laboratory", bench.Laboratory("@,w01018,2026-03-01 08:00,18.2,mg/L,,,,"));
        Assert.Single((await own.GetAsync($"/laboratory-results?station={own.Station.Mn}", Roles.Discharger)).Body.GetProperty("items").EnumerateArray());
        Assert.Equal(HttpStatusCode.NotFound, (await own.GetAsync($"/laboratory-results?station={other.Station.Mn}", Roles.Discharger)).Status);
        var seen = (await own.GetAsync("/laboratory-results?limit=1000", Roles.Discharger)).Body.GetProperty("items").EnumerateArray().Select(each => Text(each, "mn")).ToHashSet();
        Assert.Contains(own.Station.Mn, seen);
        Assert.DoesNotContain(other.Station.Mn, seen);
        foreach (var role in Roles.All.Except([Roles.Dispatcher, Roles.QcManager]))
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await own.UploadAsync("laboratory", "x", role: role)).Status);
            Assert.Equal(HttpStatusCode.Forbidden, (await own.GetAsync("/imports", role)).Status);
        }
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task A_result_stands_beside_the_hour_s_mean_and_the_nearest_value_of_the_analyser(Engine engine)
    {
        var bench = await ImportBench.OpenAsync(engine);
        using var logger = await Logger.ConnectAsync(bench.House.Hj212);
        foreach (var (command, at, value) in ((string, string, string)[])[("2061", "20260301080000", "w01018-Avg=20.0"), ("2011", "20260301081500", "w01018-Rtd=19.0"), ("2011", "20260301082500", "w01018-Rtd=21.0"), ("2011", "20260301110000", "w01018-Rtd=30.0")])
            await logger.SendAsync(Logger.Frame($"QN={at}001;ST=32;CN={command};PW=123456;MN={bench.Station.Mn};Flag=4;CP=&&DataTime={at};{value},w01018-Flag=N&&"));
        await bench.ImportAsync("laboratory", bench.Laboratory("@,w01018,2026-03-01 08:21,16,mg/L,,,,", "@,w01018,2026-03-01 11:10,<1,mg/L,,,,", "@,w01018,2026-03-02 08:00,5,mg/L,,,,"));
        var data = bench.House.Services.GetRequiredService<IImportedData>();
        IReadOnlyList<LaboratoryComparison> compared = [];
        await Eventually.That(async () => (compared = await data.CompareAsync(bench.Station.StationNo, 10, Token)) is [_, { Nearest: not null }, { HourMean: not null, Nearest.Value: "21.0" }]);
        Assert.Equal(("5", null, null, null), (compared[0].Result.Value, compared[0].HourMean?.Value, compared[0].Nearest?.Value, compared[0].Difference));
        Assert.Equal(("<1", null, "30.0", null), (compared[1].Result.Value, compared[1].HourMean?.Value, compared[1].Nearest?.Value, compared[1].Difference));
        Assert.Equal(("16", "20.0", "21.0", 4.0m, 25.0m), (compared[2].Result.Value, compared[2].HourMean?.Value, compared[2].Nearest?.Value, compared[2].Difference, compared[2].RelativePercent));
    }

    private static Task<IReadOnlyList<JsonElement>> ResultsAsync(ImportBench bench) => bench.ItemsAsync($"/laboratory-results?station={bench.Station.Mn}");

    private static string Value(JsonElement element) => Text(element, "value");

    private static string Contradicting(JsonElement element) => $"{Value(element)} {element.GetProperty("contradicts").GetBoolean()}";

    private static string Text(JsonElement element, string member) => element.GetProperty(member).GetString()!;

    private static string Sha(string csv) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(csv)));

    private static (HttpStatusCode, string) Said((HttpStatusCode Status, JsonElement Body) answer) => (answer.Status, Text(answer.Body, "type"));
}
