using Microsoft.EntityFrameworkCore;
using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Evidence;
using Qingyuan.Platform.Operations.Contracts;
using Qingyuan.Platform.Operations.WorkOrders;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Tests.Alarms;
using Qingyuan.Platform.Tests.Engines;
using Qingyuan.Platform.Tests.Peers;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Tests.Operations;

public class WorkOrderTests
{
    private static readonly Actor Li = new("u:li", Roles.Technician, "org", "password");
    private static readonly Actor Wang = new("u:wang", Roles.Technician, "org", "password");
    private static readonly Actor Quality = new("u:qin", Roles.QcManager, "org", "password");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    [Requirement("R-5.6.4-9")]
    public async Task A_suspected_leak_opens_one_order_for_the_station_s_technician_by_itself(Engine engine)
    {
        await using var bench = await AlarmBench.OpenAsync(engine);
        await bench.RaiseAsync(Leak());
        var order = Assert.Single(await OrdersAsync(bench));
        var alarm = Assert.Single(await bench.AlarmsAsync());
        Assert.Equal(("li", "suspected-fault", WorkOrderState.Dispatched, "W-1125-01"), (order.Technician, order.Kind, order.State, order.Number));
        Assert.Equal((alarm.Id, (Guid?)order.Id), (order.AlarmId!.Value, alarm.WorkOrderId));
        Assert.Equal(["on-site", "simple-fault", "report-authority", "restore-48h", "restore"], order.Clocks.Select(clock => clock.Name));
        Assert.StartsWith("疑似故障：疑似采样系统漏气", order.Title, StringComparison.Ordinal);
        Assert.StartsWith("Suspected fault: Suspected leak", WorkOrderTexts.Title(order, System.Globalization.CultureInfo.GetCultureInfo("en")), StringComparison.Ordinal);
        var entry = Assert.Single(await bench.LedgerAsync("om.work-order.open"));
        Assert.Equal((entry.Id, "work-order:" + order.Id), (Assert.Single(order.Steps).LedgerEntryId, entry.Subject));
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task An_exceedance_is_the_discharger_s_and_opens_none(Engine engine)
    {
        await using var bench = await AlarmBench.OpenAsync(engine);
        await bench.RaiseAsync();
        Assert.Empty(await OrdersAsync(bench));
    }

    [Theory]
    [Requirement("R-5.4.2-7")]
    [Requirement("R-5.6.8-3d")]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    [Requirement("R-5.6.3-d1")]
    [Requirement("R-5.6.3-d2")]
    [Requirement("R-5.6.3-d4")]
    [Requirement("R-5.6.4-6")]
    [Requirement("R-5.6.4-a")]
    [Requirement("R-5.6.4-d1")]
    [Requirement("R-5.6.4-g2")]
    public async Task An_order_lives_from_alarm_to_closure_and_each_step_is_in_the_ledger(Engine engine)
    {
        await using var bench = await AlarmBench.OpenAsync(engine);
        await bench.RaiseAsync(Leak());
        var id = Assert.Single(await OrdersAsync(bench)).Id;
        Refused("work-order.act-not-possible", await ActAsync(bench, id, "repair", Li));
        Refused("work-order.not-yours", await ActAsync(bench, id, "accept", Wang));
        await DoneAsync(bench, id, "accept", Li);
        await DoneAsync(bench, id, "arrive", Li);
        Refused("work-order.field-missing", await ActAsync(bench, id, "diagnose", Li));
        var diagnosed = await DoneAsync(bench, id, "diagnose", Li, ("cause", "采样管接头 O 形圈老化"), ("faultClass", "simple"));
        Assert.Equal("采样管接头 O 形圈老化", diagnosed.Cause);
        await DoneAsync(bench, id, "repair", Li, ("part", "O-ring"), ("partSerialOut", "A1"), ("partSerialIn", "B2"));
        Refused("work-order.field-missing", await ActAsync(bench, id, "test", Li));
        var failed = await DoneAsync(bench, id, "test", Li, ("result", "fail"), ("oxygen", "18.9"), ("oxygenUnit", "%"));
        Assert.Equal(WorkOrderState.Diagnosed, failed.State);
        await DoneAsync(bench, id, "repair", Li, ("note", "再次紧固"));
        await DoneAsync(bench, id, "test", Li, ("result", "pass"));
        await DoneAsync(bench, id, "submit", Li);
        Refused("work-order.role-not-allowed", await ActAsync(bench, id, "review", Li));
        await DoneAsync(bench, id, "review", Quality);
        var closed = await DoneAsync(bench, id, "close", Quality);
        Assert.Equal((WorkOrderState.Closed, (DateTimeOffset?)AlarmBench.Start), (closed.State, closed.ClosedAt));
        Assert.All(closed.Clocks, clock => Assert.False(clock.StoppedAt is null || clock.Overdue));
        Refused("work-order.act-not-possible", await ActAsync(bench, id, "cancel", Quality, ("reason", "x")));
        var entries = (await bench.RowsAsync<LedgerEntryRow>()).Where(entry => entry.Subject == "work-order:" + id).Select(entry => entry.Id).ToHashSet();
        Assert.Equal(11, closed.Steps.Count);
        Assert.True(entries.SetEquals(closed.Steps.Select(step => step.LedgerEntryId)));
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task Of_two_people_who_accept_at_once_one_is_told(Engine engine)
    {
        await using var bench = await AlarmBench.OpenAsync(engine);
        var order = (await bench.Get<IWorkOrders>().OpenAsync(FakeStations.Water, "manual", "清洗", null, AlarmBench.Officer, Token)).Value;
        Assert.Null(order.Technician);
        var results = await Task.WhenAll(ActAsync(bench, order.Id, "accept", Li), ActAsync(bench, order.Id, "accept", Wang));
        var accepted = Assert.Single(results, result => result.IsOk).Value;
        Assert.Equal("work-order.act-not-possible", Assert.Single(results, result => !result.IsOk).Refusal.Code);
        Assert.Contains(accepted.Technician, new[] { "li", "wang" });
        Assert.Single(await bench.LedgerAsync("om.work-order.accept"));
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task The_same_step_sent_again_is_one_step(Engine engine)
    {
        await using var bench = await AlarmBench.OpenAsync(engine);
        await bench.RaiseAsync(Leak());
        var id = Assert.Single(await OrdersAsync(bench)).Id;
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => DoneAsync(bench, id, "accept", Li, ("note", "路上"))));
        Assert.Single(await bench.LedgerAsync("om.work-order.accept"));
        Refused("work-order.act-not-possible", await ActAsync(bench, id, "accept", Li, ("note", "other")));
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task An_alarm_that_ends_leaves_the_order_open_and_one_that_comes_back_joins_it(Engine engine)
    {
        await using var bench = await AlarmBench.OpenAsync(engine);
        await bench.RaiseAsync(Leak());
        await bench.RaiseAsync(Leak() with { Active = false, Since = StationClock.Wall(AlarmBench.Start).AddMinutes(5) });
        await bench.RaiseAsync(Leak() with { Since = StationClock.Wall(AlarmBench.Start).AddMinutes(9) });
        var order = Assert.Single(await OrdersAsync(bench));
        Assert.Equal(WorkOrderState.Dispatched, order.State);
        Assert.Equal(["open", "note", "note"], order.Steps.Select(step => step.Act));
        Assert.Equal(["alarm-cleared", "alarm-again"], order.Steps.Skip(1).Select(step => step.Fields["event"]));
        var alarms = await bench.AlarmsAsync();
        Assert.Equal(2, alarms.Count);
        Assert.All(alarms, alarm => Assert.Equal(order.Id, alarm.WorkOrderId));
        Assert.Equal(alarms.Single(alarm => alarm.State is AlarmState.Active).Id, order.AlarmId);
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task Numbers_count_through_a_day_without_gap_or_repeat(Engine engine)
    {
        await using var bench = await AlarmBench.OpenAsync(engine);
        var opened = await Task.WhenAll(Enumerable.Range(0, 12).Select(n => bench.Get<IWorkOrders>().OpenAsync(FakeStations.Gas, "manual", "t" + n, null, AlarmBench.Officer, Token)));
        Assert.Equal(Enumerable.Range(1, 12).Select(n => $"W-1125-{n:00}"), opened.Select(each => each.Value.Number).Order());
        bench.Clock.Advance(TimeSpan.FromHours(16));
        Assert.Equal("W-1126-01", (await bench.Get<IWorkOrders>().OpenAsync(FakeStations.Gas, "manual", "t", null, AlarmBench.Officer, Token)).Value.Number);
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task Given_to_somebody_else_it_starts_at_accepting(Engine engine)
    {
        await using var bench = await AlarmBench.OpenAsync(engine);
        await bench.RaiseAsync(Leak());
        var id = Assert.Single(await OrdersAsync(bench)).Id;
        await DoneAsync(bench, id, "accept", Li);
        Refused("work-order.same-technician", await ActAsync(bench, id, "reassign", AlarmBench.Officer, ("technician", "li")));
        var given = await DoneAsync(bench, id, "reassign", AlarmBench.Officer, ("technician", "wang"));
        Assert.Equal((WorkOrderState.Dispatched, "wang"), (given.State, given.Technician));
        Refused("work-order.not-yours", await ActAsync(bench, id, "accept", Li));
        await DoneAsync(bench, id, "accept", Wang);
        Assert.Empty((await bench.Get<IWorkOrders>().ListAsync(new(Technician: "u:li", OpenOnly: true), null, Token)).Items);
        Assert.Single((await bench.Get<IWorkOrders>().ListAsync(new(Technician: "wang", OpenOnly: true), null, Token)).Items);
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task Only_a_technician_with_an_account_in_use_is_given_an_order(Engine engine)
    {
        await using var bench = await AlarmBench.OpenAsync(engine);
        var book = bench.Get<IWorkOrders>();
        Refused("work-order.technician-invalid", await book.OpenAsync(FakeStations.Gas, "manual", "t", "nobody", AlarmBench.Officer, Token));
        var order = (await book.OpenAsync(FakeStations.Gas, "manual", "t", "WANG", AlarmBench.Officer, Token)).Value;
        Assert.Equal("wang", order.Technician);
        Refused("work-order.technician-invalid", await ActAsync(bench, order.Id, "reassign", AlarmBench.Officer, ("technician", "nobody")));
        Refused("work-order.same-technician", await ActAsync(bench, order.Id, "reassign", AlarmBench.Officer, ("technician", "Wang")));
        Refused("work-order.role-not-allowed", await ActAsync(bench, order.Id, "reassign", Wang, ("technician", "nobody")));
        Assert.Single(await OrdersAsync(bench));
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task An_alarm_whose_technician_s_account_is_gone_opens_its_order_for_the_dispatcher_and_says_so(Engine engine)
    {
        await using var bench = await AlarmBench.OpenAsync(engine);
        ((FakeTechnicians)bench.Get<ITechnicians>()).Names.Remove("li");
        await bench.RaiseAsync(Leak());
        var order = Assert.Single(await OrdersAsync(bench));
        Assert.Null(order.Technician);
        Assert.Equal("li", Assert.Single(order.Steps).Fields["technicianGone"]);
        Assert.Contains("\"technicianGone\":\"li\"", Assert.Single(await bench.LedgerAsync("om.work-order.open")).Body, StringComparison.Ordinal);
        var given = await DoneAsync(bench, order.Id, "reassign", AlarmBench.Officer, ("technician", "wang"));
        Assert.Equal("wang", given.Technician);
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    [Requirement("R-5.6.3-d1")]
    public async Task At_80_percent_and_at_the_end_of_a_clock_it_is_said_once_each(Engine engine)
    {
        await using var bench = await AlarmBench.OpenAsync(engine);
        await bench.RaiseAsync(Leak());
        var order = Assert.Single(await OrdersAsync(bench));
        bench.Clock.Advance(TimeSpan.FromMinutes(191));
        await bench.ScanAsync();
        Assert.Empty(await bench.LedgerAsync("om.work-order.clock"));
        bench.Clock.Advance(TimeSpan.FromMinutes(1));
        await bench.ScanAsync();
        await bench.ScanAsync();
        Assert.Contains("\"nearly-due\"", Assert.Single(await bench.LedgerAsync("om.work-order.clock")).Body, StringComparison.Ordinal);
        bench.Clock.Advance(TimeSpan.FromMinutes(48));
        await using (var second = await bench.RestartAsync()) await Task.WhenAll(bench.ScanAsync(), second.ScanAsync());
        Assert.Equal(2, (await bench.LedgerAsync("om.work-order.clock")).Count);
        var clock = (await OrdersAsync(bench))[0].Clocks.Single(each => each.Name == "on-site");
        Assert.Equal((true, AlarmBench.Start.AddHours(4)), (clock.Overdue, clock.DueAt));
        var notices = (await bench.RowsAsync<Qingyuan.Platform.Alarms.Notifications.NoticeRow>()).Where(row => row.Subject.StartsWith("work-order:", StringComparison.Ordinal));
        Assert.Equal(["notice.order-clock-near", "notice.order-clock-overdue"], notices.Select(row => row.Code).Order());
        await DoneAsync(bench, order.Id, "accept", Li);
        await DoneAsync(bench, order.Id, "arrive", Li);
        Assert.All(await bench.RowsAsync<Qingyuan.Platform.Alarms.Notifications.NoticeRow>(), row => Assert.True(row.Code == "alarm.suspected-leak" || row.EndedAt is not null));
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task A_report_to_the_authority_stops_its_clock_and_a_diagnosis_drops_what_does_not_apply(Engine engine)
    {
        await using var bench = await AlarmBench.OpenAsync(engine);
        await bench.RaiseAsync(Leak());
        var id = Assert.Single(await OrdersAsync(bench)).Id;
        await DoneAsync(bench, id, "accept", Li, ("authorityReport", "R-2026-17"));
        await DoneAsync(bench, id, "arrive", Li);
        var order = await DoneAsync(bench, id, "diagnose", Li, ("cause", "分析仪主板损坏"), ("faultClass", "other"));
        Assert.NotNull(order.Clocks.Single(clock => clock.Name == "report-authority").StoppedAt);
        Assert.DoesNotContain(order.Clocks, clock => clock.Name == "simple-fault");
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task A_step_without_its_ledger_entry_does_not_happen(Engine engine)
    {
        await using var bench = await AlarmBench.OpenAsync(engine);
        await bench.RaiseAsync(Leak());
        var id = Assert.Single(await OrdersAsync(bench)).Id;
        await Assert.ThrowsAnyAsync<ArgumentException>(() => ActAsync(bench, id, "accept", Li, ("note", new string('字', 60_000))));
        Assert.Equal(WorkOrderState.Dispatched, (await OrdersAsync(bench))[0].State);
        await using var db = bench.Get<IDatabase>().Read();
        Assert.Equal(1, await db.Set<WorkOrderStepRow>().CountAsync(Token));
    }

    private static AlarmSignal Leak() => AlarmBench.Signal(cause: "leak", kind: AlarmKind.SuspectedFault) with { MessageCode = "alarm.suspected-leak" };

    private static async Task<IReadOnlyList<WorkOrderView>> OrdersAsync(AlarmBench bench) => (await bench.Get<IWorkOrders>().ListAsync(new(), null, Token)).Items;

    private static Task<Result<WorkOrderView>> ActAsync(AlarmBench bench, Guid id, string act, Actor actor, params (string Name, string Value)[] fields) =>
        bench.Get<IWorkOrders>().ActAsync(id, act, fields.ToDictionary(field => field.Name, field => field.Value), actor, Token);

    private static async Task<WorkOrderView> DoneAsync(AlarmBench bench, Guid id, string act, Actor actor, params (string Name, string Value)[] fields) =>
        (await ActAsync(bench, id, act, actor, fields)).Value;

    private static void Refused(string code, Result<WorkOrderView> result) => Assert.Equal(code, result.Refusal.Code);
}
