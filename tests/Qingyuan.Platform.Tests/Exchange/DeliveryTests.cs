using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Parquet.Serialization;
using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Exchange.Contracts;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Blobs;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Platform.Tests.Engines;
using Qingyuan.Rules.Exchange;

namespace Qingyuan.Platform.Tests.Exchange;

/// <summary>Who gets what, in which form, how often; and that exactly that goes out.</summary>
[Requirement("R-5.5.3-5")]
public class DeliveryTests
{
    private static readonly DateTime Monday = DeliveryBench.Monday;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task A_week_with_the_platform_down_for_two_days_gives_each_day_exactly_once_and_in_order(Engine engine)
    {
        await using var bench = await DeliveryBench.OpenAsync(engine);
        var mn = await bench.StationAsync();
        for (var day = 0; day < 7; day++) await bench.StoreAsync(mn, Resolution.Hour, Monday.AddDays(day).AddHours(8), ("w01018", "Avg", $"{day}.50", "N"));
        Assert.True((await bench.SaveAsync(DeliveryBench.Rule(mn))).IsOk);
        await bench.RunAtAsync(Monday.AddDays(1).AddHours(1)); // the day is over, and not due before two
        Assert.Empty(await bench.RunsAsync());

        foreach (var day in (int[])[1, 2, 5, 6, 7])
        {
            await bench.RunAtAsync(Monday.AddDays(day).AddHours(2));
            await bench.RunAtAsync(Monday.AddDays(day).AddHours(2).AddSeconds(10));
        }

        var runs = await bench.RunsAsync();
        Assert.Equal(Enumerable.Range(0, 7).Select(day => (Monday.AddDays(day), Monday.AddDays(day + 1), 0, DeliveryRunState.Delivered)), runs.Select(run => (run.From, run.To, run.Revision, run.State)));
        Assert.Equal(runs.Select(run => run.Id), runs.OrderBy(run => run.Id).Select(run => run.Id)); // ids follow time: in order
        for (var day = 0; day < 7; day++)
        {
            var line = Assert.Single(await bench.CellsAsync(runs[day]));
            Assert.Equal((mn, $"{day}.50", "N", DeliveryBench.Stamp(Monday.AddDays(day).AddHours(8))), (line[0], line[8], line[10], line[6]));
            Assert.Equal((runs[day].Sha256, 1L), (Convert.ToHexStringLower(SHA256.HashData(await bench.FileAsync(runs[day]))), runs[day].Rows));
        }

        var entries = await bench.LedgerAsync("data.delivery.done");
        Assert.Equal(runs.Select(run => run.Sha256).Order(), entries.Select(entry => entry.Body["sha256"]!.GetValue<string>()).Order());
    }

    [Theory]
    [InlineData(DeliveryInterval.Hourly, "00:10", null, "2030-03-04 03:09", "2030-03-04 00:00 01:00|2030-03-04 01:00 02:00")]
    [InlineData(DeliveryInterval.Hourly, "00:10", null, "2030-03-04 03:10", "2030-03-04 00:00 01:00|2030-03-04 01:00 02:00|2030-03-04 02:00 03:00")]
    [InlineData(DeliveryInterval.Weekly, "06:00", 2, "2030-03-19 06:00", "2030-03-04 00:00 2030-03-11|2030-03-11 00:00 2030-03-18")]
    [InlineData(DeliveryInterval.Monthly, "06:00", 5, "2030-05-05 05:59", "2030-03-01 00:00 2030-04-01")]
    public async Task Hours_weeks_and_months_go_out_when_they_are_over_and_hold_just_theirs(DeliveryInterval every, string at, int? day, string now, string periods)
    {
        await using var bench = await DeliveryBench.OpenAsync(Engine.Sqlite);
        var mn = await bench.StationAsync();
        foreach (var stored in (string[])["2030-02-28 23:00", "2030-03-04 00:00", "2030-03-04 01:00", "2030-03-04 02:00", "2030-03-10 23:00", "2030-03-11 00:00", "2030-03-31 23:00", "2030-04-01 00:00"])
            await bench.StoreAsync(mn, Resolution.Hour, DateTime.Parse(stored, CultureInfo.InvariantCulture), ("w01018", "Avg", stored, "N"));
        Assert.True((await bench.SaveAsync(DeliveryBench.Rule(mn) with { Every = every, At = TimeOnly.Parse(at, CultureInfo.InvariantCulture), Day = day })).IsOk);

        await bench.RunAtAsync(DateTime.Parse(now, CultureInfo.InvariantCulture));

        var runs = await bench.RunsAsync();
        Assert.Equal(periods, string.Join('|', runs.Select(run => $"{run.From:yyyy-MM-dd HH:mm} {run.To.ToString(every is DeliveryInterval.Hourly ? "HH:mm" : "yyyy-MM-dd", CultureInfo.InvariantCulture)}")));
        foreach (var run in runs)
            Assert.All(await bench.CellsAsync(run), cell => Assert.InRange(DateTime.Parse(cell[8], CultureInfo.InvariantCulture), run.From, run.To.AddSeconds(-1)));
        Assert.Equal(every is DeliveryInterval.Monthly ? 6 : every is DeliveryInterval.Weekly ? 5 : runs.Count, runs.Sum(run => run.Rows));
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task Computed_values_go_out_with_their_verdicts_also_where_a_period_has_no_value(Engine engine)
    {
        await using var bench = await DeliveryBench.OpenAsync(engine);
        var mn = await bench.StationAsync();
        var (derived, station) = (bench.House.Services.GetRequiredService<IDerivedStore>(), bench.House.Services.GetRequiredService<IStationDirectory>().Find(mn)!.StationNo);
        await derived.PutAsync(station, Resolution.Hour, Monday.AddHours(8), [new("w01018", "18.2", null, "17.0", "19.5", "valid", null, "TEST@1", "")], Token);
        await derived.PutAsync(station, Resolution.Hour, Monday.AddHours(9), [new("w01018", null, null, null, null, "invalid:too-few-minutes", null, "TEST@1", "")], Token);
        await derived.PutAsync(station, Resolution.Day, Monday, [new("w01018", "18.2", null, null, null, "valid", null, "TEST@1", "")], Token);
        Assert.True((await bench.SaveAsync(DeliveryBench.Rule(mn) with { Data = [DeliveryData.DerivedHour, DeliveryData.DerivedDay] })).IsOk);

        await bench.RunAtAsync(Monday.AddDays(1).AddHours(2));

        Assert.Equal(
            [
                "derived-hour 2030-03-04 08:00:00 Avg 18.2 valid", "derived-hour 2030-03-04 08:00:00 Max 19.5 valid", "derived-hour 2030-03-04 08:00:00 Min 17.0 valid",
                "derived-hour 2030-03-04 09:00:00 Avg  invalid:too-few-minutes", "derived-day 2030-03-04 00:00:00 Avg 18.2 valid",
            ],
            (await bench.CellsAsync(Assert.Single(await bench.RunsAsync()))).Select(cell => $"{cell[5]} {cell[6]} {cell[7]} {cell[8]} {cell[11]}"));
    }

    [Fact]
    public async Task Laboratory_results_go_out_with_method_and_laboratory_and_the_import_they_came_from()
    {
        await using var bench = await DeliveryBench.OpenAsync(Engine.Sqlite);
        var import = await ImportBench.OpenAsync(Engine.Sqlite);
        var id = await import.ImportAsync("laboratory", import.Laboratory("@,w01018,2026-03-01 08:20,18.20,mg/L,HJ 828-2017,市监测站,S-1,平行", "@,w01018,2026-04-01 08:20,19,mg/L,,,,"));
        var rule = DeliveryBench.Rule(import.Station.Mn) with { Data = [DeliveryData.Laboratory], Every = DeliveryInterval.Monthly, Day = 1 };
        Assert.True((await bench.Book.SaveAsync(new(bench.Name, rule, null, StationClock.Instant(new(2026, 3, 1))), new Actor("u:dispatcher", Roles.Dispatcher, "self", "password"), Token)).IsOk);

        await bench.RunAtAsync(Monday.AddMinutes(1));

        var runs = await bench.RunsAsync();
        Assert.Equal([1, 1, 0], runs.Take(3).Select(run => run.Rows));
        var cell = Assert.Single(await bench.CellsAsync(runs[0]));
        Assert.Equal(("laboratory", "2026-03-01 08:20:00", "18.20", "mg/L", "市监测站; HJ 828-2017; S-1; 平行", true), (cell[5], cell[6], cell[8], cell[9], cell[13], cell[15].StartsWith("import:" + id, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(Engine.Sqlite, DeliveryForm.Csv)]
    [InlineData(Engine.Sqlite, DeliveryForm.Xlsx)]
    [InlineData(Engine.Sqlite, DeliveryForm.Parquet)]
    [InlineData(Engine.Postgres, DeliveryForm.Csv)]
    [InlineData(Engine.Postgres, DeliveryForm.Parquet)]
    public async Task A_value_and_its_mark_arrive_to_the_letter_whatever_they_are(Engine engine, DeliveryForm form)
    {
        await using var bench = await DeliveryBench.OpenAsync(engine);
        var mn = await bench.StationAsync();
        (string, string, string, string?)[] sent = [("w01018", "Avg", "18.20", "D"), ("w01018", "Cou", "0.0010", null), ("w01018", "Max", "1e5", "D"), ("w01018", "Min", "-0.00", "D"), ("w99999", "Avg", "+1.50", "q")];
        await bench.StoreAsync(mn, Resolution.Hour, Monday.AddHours(8), sent);
        await bench.SaveAsync(DeliveryBench.Rule(mn) with { Form = form });
        await bench.RunAtAsync(Monday.AddDays(1).AddHours(2));

        var run = Assert.Single(await bench.RunsAsync());
        Assert.EndsWith("." + form.ToString().ToLowerInvariant(), run.FileName, StringComparison.Ordinal);
        var (about, cells) = await ReadAsync(form, await bench.FileAsync(run));
        // A flag is the factor's in its frame, so that of a quantity without one is the factor's.
        Assert.Equal(sent.Select(value => (value.Item1, value.Item2, value.Item3)), cells.Select(cell => (cell.Factor!, cell.Quantity!, cell.Value!)));
        Assert.All(cells.Zip(sent).Where(pair => pair.Second.Item4 is not null), pair => Assert.Equal(pair.Second.Item4, pair.First.Flag));
        Assert.Equal((bench.Name, "1", "UTC+08:00", "5", "2030-03-04T00:00:00+08:00", "2030-03-05T00:00:00+08:00", "2030-03-05T02:00:00+08:00"),
            (about["policy"], about["policy_version"], about["time_zone"], about["rows"], about["period_from"], about["period_to_exclusive"], about["generated_at"]));
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task A_folder_that_is_gone_alarms_is_tried_again_and_gets_everything_in_order_once_it_is_back(Engine engine)
    {
        await using var bench = await DeliveryBench.OpenAsync(engine);
        var mn = await bench.StationAsync();
        var folder = Directory.CreateTempSubdirectory("qingyuan-delivery-").FullName;
        await bench.SaveAsync(DeliveryBench.Rule(mn) with { HandOver = HandOver.Folder, Folder = folder });
        await bench.RunAtAsync(Monday.AddDays(1).AddHours(2));
        var first = Assert.Single(await bench.RunsAsync());
        Assert.Equal(await bench.FileAsync(first), await File.ReadAllBytesAsync(Path.Combine(folder, first.FileName!), Token));

        Directory.Delete(folder, recursive: true);
        await bench.RunAtAsync(Monday.AddDays(2).AddHours(2));
        Assert.Null(await bench.AlarmAsync()); // a moment is no alarm
        await bench.RunAtAsync(Monday.AddDays(2).AddHours(2).AddMinutes(16));
        await bench.RunAtAsync(Monday.AddDays(3).AddHours(2));
        var waiting = (await bench.RunsAsync())[^1];
        Assert.Equal((2, Monday.AddDays(1), DeliveryRunState.Failing, "delivery.folder-missing", 3, AlarmState.Active), ((await bench.RunsAsync()).Count, waiting.From, waiting.State, waiting.Error, waiting.Attempts, await bench.AlarmAsync()));
        Assert.Single(await bench.LedgerAsync("data.delivery.failed"));

        Directory.CreateDirectory(folder);
        await bench.RunAtAsync(Monday.AddDays(3).AddHours(4));
        Assert.Equal([Monday, Monday.AddDays(1), Monday.AddDays(2)], (await bench.RunsAsync()).Where(run => run.State is DeliveryRunState.Delivered).Select(run => run.From));
        Assert.Equal((await bench.RunsAsync()).Skip(1).Select(run => run.FileName).Order(), Directory.GetFiles(folder).Select(Path.GetFileName).Order());
        Assert.Equal(AlarmState.Cleared, await bench.AlarmAsync());
    }

    [Fact]
    public async Task A_policy_that_is_mended_mends_what_waits()
    {
        await using var bench = await DeliveryBench.OpenAsync(Engine.Sqlite);
        var folder = Directory.CreateTempSubdirectory("qingyuan-delivery-").FullName;
        var rule = DeliveryBench.Rule(await bench.StationAsync()) with { HandOver = HandOver.Folder, Folder = folder };
        await bench.SaveAsync(rule);
        Directory.Delete(folder);
        await bench.RunAtAsync(Monday.AddDays(1).AddHours(2));
        Assert.Equal(DeliveryRunState.Failing, Assert.Single(await bench.RunsAsync()).State);
        await bench.SaveAsync(rule with { HandOver = HandOver.Kept });
        await bench.RunAtAsync(Monday.AddDays(1).AddHours(3));
        Assert.Equal(DeliveryRunState.Delivered, Assert.Single(await bench.RunsAsync()).State);
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task What_comes_late_goes_out_with_the_next_run_as_a_correction_that_names_the_file_before(Engine engine)
    {
        await using var bench = await DeliveryBench.OpenAsync(engine);
        var mn = await bench.StationAsync();
        await bench.StoreAsync(mn, Resolution.Hour, Monday.AddHours(8), ("w01018", "Avg", "1.0", "N"));
        await bench.SaveAsync(DeliveryBench.Rule(mn));
        await bench.RunAtAsync(Monday.AddDays(1).AddHours(2));
        await bench.StoreAsync(mn, Resolution.Hour, Monday.AddHours(9), ("w01018", "Avg", "2.0", "M"));
        await bench.RunAtAsync(Monday.AddDays(2).AddHours(2));
        await bench.RunAtAsync(Monday.AddDays(3).AddHours(2));

        var runs = await bench.RunsAsync();
        Assert.Equal([(Monday, 0), (Monday, 1), (Monday.AddDays(1), 0), (Monday.AddDays(2), 0)], runs.Select(run => (run.From, run.Revision)));
        Assert.Equal(["1.0", "2.0"], (await bench.CellsAsync(runs[1])).Select(line => line[8]));
        Assert.Contains($"# corrects_sha256: {runs[0].Sha256}", await bench.TextAsync(runs[1]), StringComparison.Ordinal);
        Assert.EndsWith("_r1.csv", runs[1].FileName, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sample_stations_never_go_out_by_name_or_among_all()
    {
        await using var bench = await DeliveryBench.OpenAsync(Engine.Sqlite);
        var (real, sample) = (await bench.StationAsync(), await bench.StationAsync(sample: true));
        foreach (var mn in (string[])[real, sample]) await bench.StoreAsync(mn, Resolution.Hour, Monday.AddHours(8), ("w01018", "Avg", "1.0", "N"));
        Assert.Equal("delivery.sample-station", (await bench.SaveAsync(DeliveryBench.Rule(real, sample))).Refusal.Code);
        await bench.SaveAsync(DeliveryBench.Rule() with { Choice = StationChoice.All });
        await bench.RunAtAsync(Monday.AddDays(1).AddHours(2));
        var stations = (await bench.CellsAsync(Assert.Single(await bench.RunsAsync()))).Select(line => line[0]).ToHashSet();
        Assert.Contains(real, stations);
        Assert.DoesNotContain(sample, stations);
    }

    [Fact]
    public async Task A_recipients_token_sees_its_own_deliveries_and_nobody_elses_and_changes_nothing()
    {
        await using var own = await DeliveryBench.OpenAsync(Engine.Sqlite);
        await using var other = await DeliveryBench.OpenAsync(Engine.Sqlite);
        var mn = await own.StationAsync();
        await own.SaveAsync(DeliveryBench.Rule(mn) with { Organisation = "works", Kind = RecipientKind.Discharger, Purpose = "委托协议 2030-1" }); // the house's discharger is of "works"
        await other.SaveAsync(DeliveryBench.Rule(mn));
        await own.RunAtAsync(Monday.AddDays(1).AddHours(2));
        using var works = own.House.Client(Roles.Discharger);

        var seen = await works.GetFromJsonAsync<JsonElement>("/api/v1/exchange/deliveries", Token);
        Assert.Equal([own.Name], seen.GetProperty("items").EnumerateArray().Select(each => each.GetProperty("name").GetString()).Where(name => name == own.Name || name == other.Name));
        using var ours = own.House.Client(Roles.Dispatcher);
        (await ours.GetAsync(Url(own, $"/runs/{(await own.RunsAsync())[0].Id}/file"), Token)).EnsureSuccessStatusCode();
        Assert.Null((await own.RunsAsync())[0].FetchedAt); // that we looked is not that they have it
        using var file = await works.GetAsync(Url(own, $"/runs/{(await own.RunsAsync())[0].Id}/file"), Token);
        (await works.GetAsync(Url(own, $"/runs/{(await own.RunsAsync())[0].Id}/file"), Token)).EnsureSuccessStatusCode();
        Assert.NotNull((await own.RunsAsync())[0].FetchedAt);
        Assert.Equal((await own.RunsAsync())[0].Sha256, Assert.Single(await own.LedgerAsync("data.delivery.fetched")).Body["sha256"]!.GetValue<string>());
        Assert.Equal(await own.FileAsync((await own.RunsAsync())[0]), await file.Content.ReadAsByteArrayAsync(Token));
        foreach (var path in (Uri[])[Url(other, "/runs"), Url(other, "/versions"), Url(other, $"/runs/{(await other.RunsAsync())[0].Id}/file"), Url(own, $"/runs/{(await other.RunsAsync())[0].Id}/file")])
            Assert.Equal(HttpStatusCode.NotFound, (await works.GetAsync(path, Token)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await works.PutAsJsonAsync(Url(own, ""), new { }, Token)).StatusCode);
        using var staff = own.House.Client(Roles.QcManager);
        Assert.Equal(HttpStatusCode.OK, (await staff.GetAsync(Url(other, "/runs"), Token)).StatusCode);
    }

    [Fact]
    public async Task A_delivery_stays_with_the_organisation_it_was_made_for()
    {
        await using var bench = await DeliveryBench.OpenAsync(Engine.Sqlite);
        var rule = DeliveryBench.Rule(await bench.StationAsync());
        await bench.SaveAsync(rule);
        await bench.RunAtAsync(Monday.AddDays(1).AddHours(2));

        var passed = await bench.SaveAsync(rule with { Organisation = "works", Kind = RecipientKind.Discharger, Purpose = "委托协议 2030-1" });

        Assert.Equal("delivery.organisation-fixed", passed.Refusal.Code);
        Assert.Equal(["organisation", "epb"], passed.Refusal.Args);
        Assert.Equal(1, Assert.Single((await bench.Book.VersionsAsync(bench.Name, null, Token))!).Version);
        using var works = bench.House.Client(Roles.Discharger);
        Assert.Equal(HttpStatusCode.NotFound, (await works.GetAsync(Url(bench, "/runs"), Token)).StatusCode);
    }

    [Fact]
    public async Task A_file_whose_fetching_cannot_be_written_down_is_closed_and_not_given_out()
    {
        await using var bench = await DeliveryBench.OpenAsync(Engine.Sqlite);
        await bench.SaveAsync(DeliveryBench.Rule(await bench.StationAsync()));
        await bench.RunAtAsync(Monday.AddDays(1).AddHours(2));
        var run = Assert.Single(await bench.RunsAsync());
        var blobs = new OpenedBlobs(bench.House.Services.GetRequiredService<IBlobStore>());

        await Assert.ThrowsAsync<InvalidOperationException>(() => bench.BookOver(blobs, new LedgerOutOfOrder()).FileAsync(bench.Name, run.Id, null, new("u:epb", Roles.Regulator, "epb", "password"), Token));

        Assert.False(Assert.Single(blobs.Opened).CanRead);
        Assert.Null(Assert.Single(await bench.RunsAsync()).FetchedAt);
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task A_change_is_a_version_of_its_own_and_the_ledger_says_who_changed_what_from_what_to_what(Engine engine)
    {
        await using var bench = await DeliveryBench.OpenAsync(engine);
        var rule = DeliveryBench.Rule(await bench.StationAsync());
        Assert.Equal(1, (await bench.SaveAsync(rule)).Value.Version);
        Assert.Equal(1, (await bench.SaveAsync(rule)).Value.Version); // nothing changed
        Assert.Equal(2, (await bench.SaveAsync(rule with { Data = [DeliveryData.Hour, DeliveryData.DerivedDay], At = new(6, 30) })).Value.Version);

        var versions = (await bench.Book.VersionsAsync(bench.Name, null, Token))!;
        Assert.Equal([(2, new TimeOnly(6, 30)), (1, new TimeOnly(2, 0))], versions.Select(version => (version.Version, version.Rule.At)));
        var entries = await bench.LedgerAsync("setting.exchange.delivery");
        var changed = entries.Single(entry => entry.Body["version"]!.GetValue<string>() is "2");
        Assert.Equal(("u:dispatcher", "02:00", "06:30", "[\"hour\"]", "[\"hour\",\"derived-day\"]"), (
            changed.Actor.Id, changed.Body["was"]!["at"]!.GetValue<string>(), changed.Body["now"]!["at"]!.GetValue<string>(), changed.Body["was"]!["data"]!.ToJsonString(), changed.Body["now"]!["data"]!.ToJsonString()));
        Assert.Equal(2, entries.Count);
    }

    [Theory]
    [InlineData("kind", "somebody", "kind", "request.field-invalid")]
    [InlineData("purpose", "", "purpose", "delivery.purpose-missing")]
    [InlineData("organisation", "a b", "organisation", "delivery.organisation-invalid")]
    [InlineData("stations", new string[0], "stations", "delivery.stations-missing")]
    [InlineData("stations", new[] { "NOBODY" }, "stations", "delivery.station-invalid")]
    [InlineData("factors", new[] { "a00000" }, "factors", "delivery.factor-invalid")]
    [InlineData("data", new string[0], "data", "delivery.data-missing")]
    [InlineData("data", new[] { "year" }, "data", "request.field-invalid")]
    [InlineData("form", "pdf", "form", "request.field-invalid")]
    [InlineData("at", "24:00", "at", "delivery.at-invalid")]
    [InlineData("timeZone", "+09:00", "timeZone", "delivery.time-zone-invalid")]
    [InlineData("folder", "relative/path", "folder", "delivery.folder-invalid")]
    [InlineData("folder", "/no/such/folder", "folder", "delivery.folder-missing")]
    [InlineData("folder", "DATA/ledger", "folder", "delivery.folder-inside-invalid")]
    [InlineData("folder", "LINK", "folder", "delivery.folder-inside-invalid")]
    [InlineData("address", "http://example.com/in", "address", "delivery.address-invalid")]
    [InlineData("from", "2099-01-01T00:00:00+08:00", "from", "delivery.from-invalid")]
    public async Task What_cannot_be_is_refused_with_the_field_and_the_reason(string field, object value, string named, string code)
    {
        await using var bench = await DeliveryBench.OpenAsync(Engine.Sqlite);
        var body = new Dictionary<string, object?>
        {
            ["recipient"] = "园区", ["organisation"] = "park", ["kind"] = "other", ["purpose"] = "协议", ["stations"] = new[] { await bench.StationAsync() }, ["data"] = new[] { "hour" }, ["form"] = "csv", ["every"] = "daily", ["at"] = "02:00",
        };
        if (value is string text && field is "folder") value = text.Replace("DATA", bench.House.Data, StringComparison.Ordinal).Replace("LINK", LinkInto(bench.House.Data), StringComparison.Ordinal);
        body[field] = value;
        if (field is "folder") body["handOver"] = "folder";
        if (field is "address") body["handOver"] = "put";
        using var client = bench.House.Client(Roles.Dispatcher);
        using var answer = await client.PutAsJsonAsync(Url(bench, ""), body, Token);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Token);
        Assert.Equal((HttpStatusCode.BadRequest, code, named), (answer.StatusCode, problem.GetProperty("type").GetString(), problem.GetProperty("field").GetString()));
        Assert.NotEqual(code, problem.GetProperty("title").GetString()); // a sentence, not the code
    }

    [Theory]
    [InlineData("hourly", "hour", "01:00", null, "at")]
    [InlineData("hourly", "day", "00:10", null, "data")]
    [InlineData("weekly", "day", "02:00", 8, "day")]
    [InlineData("monthly", "day", "02:00", 29, "day")]
    public async Task A_time_that_a_period_does_not_have_is_refused(string every, string data, string at, int? day, string field)
    {
        await using var bench = await DeliveryBench.OpenAsync(Engine.Sqlite);
        var body = new { recipient = "局", organisation = "epb", kind = "regulator", stations = new[] { await bench.StationAsync() }, data = new[] { data }, form = "csv", every, at, day };
        using var client = bench.House.Client(Roles.Dispatcher);
        using var answer = await client.PutAsJsonAsync(Url(bench, ""), body, Token);
        Assert.Equal((HttpStatusCode.BadRequest, field), (answer.StatusCode, (await answer.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("field").GetString()));
    }

    [Fact]
    public async Task An_address_gets_the_file_with_the_credential_once_it_takes_it_and_the_credential_never_comes_out()
    {
        await using var bench = await DeliveryBench.OpenAsync(Engine.Sqlite);
        await using var recipient = await PutRecipient.OpenAsync();
        await bench.SaveAsync(DeliveryBench.Rule(await bench.StationAsync()) with { HandOver = HandOver.Put, Address = recipient.Address + "/in/", CertificateSha256 = recipient.Sha256 }, "Bearer let-me-in");
        recipient.Status = 503;
        await bench.RunAtAsync(Monday.AddDays(1).AddHours(2));
        var failing = Assert.Single(await bench.RunsAsync());
        Assert.Equal((DeliveryRunState.Failing, "HTTP 503 later"), (failing.State, failing.Error));
        recipient.Status = 201;
        await bench.RunAtAsync(Monday.AddDays(1).AddHours(3));
        var run = Assert.Single(await bench.RunsAsync());
        Assert.Equal(DeliveryRunState.Delivered, run.State);
        Assert.Equal(("/in/" + run.FileName, "Bearer let-me-in", run.Sha256), (recipient.Path, recipient.Authorization, recipient.BodySha256));
        using var client = bench.House.Client(Roles.Dispatcher);
        Assert.DoesNotContain("let-me-in", await client.GetStringAsync("/api/v1/exchange/deliveries", Token), StringComparison.Ordinal);
        Assert.DoesNotContain((await bench.LedgerAsync("setting.exchange.delivery")).Select(entry => entry.Body.ToJsonString()), body => body.Contains("let-me-in", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_policy_is_one_table_of_forwarding_and_deliveries_also_as_a_file()
    {
        await using var bench = await DeliveryBench.OpenAsync(Engine.Sqlite);
        await using var forward = await ForwardBench.OpenAsync(Engine.Sqlite);
        await bench.SaveAsync(DeliveryBench.Rule(await bench.StationAsync()) with { Purpose = "日常监管" });
        await forward.ForwardAsync(await forward.StationAsync());
        using var client = bench.House.Client(Roles.Dispatcher);
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd("zh-CN");
        var rules = (await client.GetFromJsonAsync<JsonElement>("/api/v1/exchange/policy", Token)).GetProperty("items").EnumerateArray().ToDictionary(rule => rule.GetProperty("name").GetString()!);
        Assert.Equal(("每日 02:00", "日常监管", 1), (rules[bench.Name].GetProperty("interval").GetString(), rules[bench.Name].GetProperty("purpose").GetString(), rules[bench.Name].GetProperty("version").GetInt32()));
        Assert.Equal("即时", rules[forward.Target].GetProperty("interval").GetString());
        var csv = await client.GetStringAsync("/api/v1/exchange/policy?format=csv", Token);
        Assert.All((string[])[bench.Name, forward.Target, "每日 02:00", "用途与依据"], text => Assert.Contains(text, csv, StringComparison.Ordinal));
        using var regulator = bench.House.Client(Roles.Regulator);
        Assert.Equal(HttpStatusCode.Forbidden, (await regulator.GetAsync("/api/v1/exchange/policy", Token)).StatusCode);
    }

    private static Uri Url(DeliveryBench bench, string tail) => new($"/api/v1/exchange/deliveries/{Uri.EscapeDataString(bench.Name)}{tail}", UriKind.Relative);

    private static string LinkInto(string data)
    {
        var link = Path.Combine(Directory.CreateTempSubdirectory("qingyuan-link-").FullName, "out");
        Directory.CreateSymbolicLink(link, Path.Combine(data, "ledger"));
        return link;
    }

    private sealed record Cell(string? Factor, string? Quantity, string? Value, string? Flag);

    private static async Task<(Dictionary<string, string> About, List<Cell> Cells)> ReadAsync(DeliveryForm form, byte[] file)
    {
        using var stream = new MemoryStream(file);
        if (form is DeliveryForm.Parquet)
        {
            await using var reader = await Parquet.ParquetReader.CreateAsync(stream, cancellationToken: Token);
            var about = reader.CustomMetadata.ToDictionary();
            stream.Position = 0;
            var read = await ParquetSerializer.DeserializeAsync<Flat>(stream, cancellationToken: Token);
            return (about, [.. read.Data.Select(row => new Cell(row.factor, row.quantity, row.value, row.flag))]);
        }

        if (form is DeliveryForm.Xlsx)
        {
            var rows = MiniExcelLibs.MiniExcel.Query(stream, useHeaderRow: true, sheetName: "data").Cast<IDictionary<string, object?>>().Select(row => new Cell((string?)row["factor"], (string?)row["quantity"], (string?)row["value"], (string?)row["flag"])).ToList();
            stream.Position = 0;
            return (MiniExcelLibs.MiniExcel.Query(stream, useHeaderRow: true, sheetName: "about").Cast<IDictionary<string, object?>>().ToDictionary(row => (string)row["name"]!, row => row["text"] as string ?? ""), rows);
        }

        var lines = (await new StreamReader(stream).ReadToEndAsync(Token)).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return (
            lines.Where(line => line[0] is '#').Select(line => line[2..].Split(": ", 2)).ToDictionary(pair => pair[0], pair => pair.Length > 1 ? pair[1] : ""),
            [.. lines.Where(line => line[0] is not '#').Skip(1).Select(line => line.Split(',')).Select(line => new Cell(line[3], line[7], line[8], line[10]))]);
    }

    private sealed class Flat
    {
#pragma warning disable IDE1006 // names of the file's columns
        public string? factor { get; set; }

        public string? quantity { get; set; }

        public string? value { get; set; }

        public string? flag { get; set; }
#pragma warning restore IDE1006
    }
}
