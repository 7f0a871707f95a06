using System.Globalization;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.RemoteControl.Automatic;
using Qingyuan.Platform.RemoteControl.Contracts;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Scheduling;
using Qingyuan.Platform.Tests.Engines;
using Qingyuan.Rules.RemoteControl;

namespace Qingyuan.Platform.Tests.RemoteControl;

public class AuthorisationTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static string InDays(int days) => TimeProvider.System.GetUtcNow().AddDays(days).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    private static object Given(string rule = "EXCEEDANCE-RETENTION@1", string operation = "exceedance-retention", object? more = null) => new
    {
        rule, operation, timesPerDay = 1, from = "00:00", to = "00:00", validFrom = InDays(-1), validTo = InDays(300), reason = "超标留样", dailyAt = more,
    };

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    [Requirement("R-5.6.3-w9")]
    [Requirement("R-5.6.3-g6")]
    public async Task An_exceedance_starts_a_retention_only_where_a_person_authorised_it_and_once(Engine engine)
    {
        var bench = await RemoteBench.OpenAsync(engine);
        await using var field = await bench.ConnectAsync();
        using var zhao = await bench.PersonAsync(Roles.Dispatcher);
        var remote = bench.Services.GetRequiredService<IRemoteControl>();
        var refused = await remote.StartAsync(new(bench.StationNo, "exceedance-retention", new Dictionary<string, string>(), "x", null), AutomaticStart.ExceedanceRetention.ToString(), "alarm:1", Token);
        Assert.False(refused.TryGet(out _, out var why));
        Assert.Equal("command.not-authorised", why!.Code);

        Assert.Equal(HttpStatusCode.Created, (await zhao.PostAsync($"/stations/{bench.Mn}/authorisations", Given())).Status);
        await RaiseAsync(bench);
        await ScanAsync(bench);
        await ScanAsync(bench);
        var command = Assert.Single((await zhao.GetAsync($"/stations/{bench.Mn}/commands")).Body.GetProperty("items").EnumerateArray());
        Assert.Equal(("exceedance-retention", "r:EXCEEDANCE-RETENTION@1"), (command.GetProperty("command").GetString(), command.GetProperty("askedBy").GetString()));
        var done = await bench.EndedAsync(zhao, command.GetProperty("id").GetString()!);
        Assert.Equal("done", done.GetProperty("state").GetString());
        Assert.Single(field.CarriedOut);
        var given = Assert.Single((await zhao.GetAsync($"/stations/{bench.Mn}/authorisations")).Body.EnumerateArray());
        Assert.Equal((1, zhao.Id), (given.GetProperty("startedToday").GetInt32(), given.GetProperty("givenBy").GetString()));
    }

    [Fact]
    public async Task Taken_back_it_starts_nothing_more()
    {
        var bench = await RemoteBench.OpenAsync(Engine.Sqlite);
        await using var field = await bench.ConnectAsync();
        using var zhao = await bench.PersonAsync(Roles.Dispatcher);
        var (_, given) = await zhao.PostAsync($"/stations/{bench.Mn}/authorisations", Given());
        Assert.Equal(HttpStatusCode.OK, (await zhao.PostAsync($"/stations/{bench.Mn}/authorisations/{given.GetProperty("id").GetString()}/revoke", new { })).Status);
        await RaiseAsync(bench);
        await ScanAsync(bench);
        Assert.Equal(0, (await zhao.GetAsync($"/stations/{bench.Mn}/commands")).Body.GetProperty("items").GetArrayLength());
        Assert.Equal(HttpStatusCode.NotFound, (await zhao.PostAsync($"/stations/{bench.Mn}/authorisations/{Guid.CreateVersion7()}/revoke", new { })).Status);
    }

    [Fact]
    public async Task A_technician_may_not_authorise_a_second_factor_must_be_fresh_and_bad_input_names_its_field()
    {
        var bench = await RemoteBench.OpenAsync(Engine.Sqlite);
        using var li = await bench.PersonAsync(Roles.Technician);
        Assert.Equal(HttpStatusCode.Forbidden, (await li.PostAsync($"/stations/{bench.Mn}/authorisations", Given())).Status);
        using var stale = await bench.PersonAsync(Roles.Dispatcher, fresh: false);
        Assert.Equal("command.second-factor-required", (await stale.PostAsync($"/stations/{bench.Mn}/authorisations", Given())).Body.GetProperty("type").GetString());
        using var zhao = await bench.PersonAsync(Roles.Dispatcher);
        foreach (var (body, field) in new (object, string)[]
                 {
                     (Given(operation: "set-minute-interval"), "rule"), (Given(operation: "nothing"), "operation"), (Given("SCHEDULE@1", "measure"), "factor"), (Given(more: "08:00"), "dailyAt"),
                     (Given(more: "25:00"), "dailyAt"), (new { rule = "EXCEEDANCE-RETENTION@1", operation = "exceedance-retention", from = "8", to = "9" }, "from"),
                 })
        {
            var (status, problem) = await zhao.PostAsync($"/stations/{bench.Mn}/authorisations", body);
            Assert.Equal((HttpStatusCode.BadRequest, field), (status, problem.GetProperty("field").GetString()));
        }
    }

    private static Task RaiseAsync(RemoteBench bench) => bench.Services.GetRequiredService<IAlarmDesk>().HandleAsync(
        new(bench.StationNo, AlarmKind.Exceedance, "exceedance:w01018", AlarmSeverity.Serious, true, StationClock.Wall(TimeProvider.System.GetUtcNow()), "w01018", "alarm.exceedance", new Dictionary<string, string>(), "T@1", null), Token);

    private static Task ScanAsync(RemoteBench bench) => bench.Services.GetServices<IDueScan>().OfType<AutomaticOperations>().Single().LookAsync(Token);
}
