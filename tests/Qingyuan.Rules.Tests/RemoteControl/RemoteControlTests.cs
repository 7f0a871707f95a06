using CsCheck;
using Qingyuan.Rules.Operations;
using Qingyuan.Rules.RemoteControl;

namespace Qingyuan.Rules.Tests.RemoteControl;

public class RemoteControlTests
{
    private static readonly StationFacts Calm = new(true, null, false, [], null, 0, 0);

    private static Operation Of(string code) => OperationCatalogue.Find(code)!;

    private static string? Against(string operation, StationFacts facts) => Preconditions.Against(Of(operation), facts, CommandLimits.Default)?.Code;

    private static StationFacts At(decimal value) => Calm with { Factors = [new("a21002", value, 100m)] };

    public static TheoryData<string> Disturbing => [.. OperationCatalogue.All.Where(each => each.Effect is OperationEffect.Disturb or OperationEffect.Setting).Select(each => each.Code)];

    public static TheoryData<string> Harmless => [.. OperationCatalogue.All.Where(each => each.Effect is not (OperationEffect.Disturb or OperationEffect.Setting)).Select(each => each.Code)];

    [Fact]
    public void The_eleven_of_water_and_five_of_gas_are_there()
    {
        string[] water =
        [
            "mixed-retention", "synchronous-retention", "exceedance-retention", "instant-retention", "measure", "zero-calibration", "span-calibration",
            "standard-check", "set-clock", "restart", "clean",
        ];
        string[] gas = ["blow-back", "zero-calibration", "standard-check", "set-clock", "restart"];
        Assert.All(water, code => Assert.NotEqual(OperationMedium.Gas, Of(code).Medium));
        Assert.All(gas, code => Assert.NotEqual(OperationMedium.Water, Of(code).Medium));
    }

    [Fact]
    public void None_writes_what_values_are_computed_with()
    {
        string[] coefficients = ["slope", "intercept", "range", "k", "coefficient", "velocity", "excess", "area", "parameter"];
        Assert.DoesNotContain(OperationCatalogue.All, each => each.Effect is not OperationEffect.Read && coefficients.Any(word => each.Code.Split('-').Contains(word)));
    }

    [Theory]
    [MemberData(nameof(Disturbing))]
    public void From_eighty_percent_of_a_limit_on_nothing_disturbs_the_measuring(string operation)
    {
        Assert.Null(Against(operation, At(79.9m)));
        Assert.Equal("command.near-limit", Against(operation, At(80m)));
        Assert.Equal("command.near-limit", Against(operation, At(130m)));
        Assert.Equal("command.exceedance-runs", Against(operation, Calm with { HasExceedance = true }));
    }

    [Theory]
    [MemberData(nameof(Harmless))]
    public void Retention_and_reading_stay_allowed_in_an_exceedance(string operation) =>
        Assert.Null(Against(operation, At(130m) with { HasExceedance = true }));

    [Fact]
    public void One_at_a_time_but_reading_goes_on_beside()
    {
        var busy = Calm with { RunningCommand = "clean" };
        Assert.Equal("command.another-running", Against("measure", busy));
        Assert.Equal("command.another-running", Against("exceedance-retention", busy));
        Assert.Null(Against("read-clock", busy));
    }

    [Theory]
    [InlineData("1", "command.device-busy")]
    [InlineData("3", "command.device-busy")]
    [InlineData("5", "command.device-busy")]
    [InlineData("8", "command.device-busy")]
    [InlineData("10", "command.device-busy")]
    [InlineData("0", null)]
    [InlineData("9", null)]
    [InlineData(null, null)]
    public void A_device_somebody_works_at_is_left_alone(string? state, string? refusal)
    {
        Assert.Equal(refusal, Against("clean", Calm with { DeviceState = state }));
        Assert.Null(Against("instant-retention", Calm with { DeviceState = state }));
    }

    [Fact]
    public void Nothing_is_sent_to_a_station_off_line_and_not_without_end()
    {
        Assert.Equal("command.station-offline", Against("read-clock", Calm with { IsLinked = false }));
        Assert.Equal("command.too-many", Against("read-clock", Calm with { CommandsLastHour = 60 }));
        Assert.Equal("command.too-many-measurements", Against("measure", Calm with { MeasuresToday = 12 }));
    }

    [Theory]
    [InlineData("technician", "clean", null)]
    [InlineData("technician", "restart", "command.not-yours")]
    [InlineData("dispatcher", "restart", null)]
    [InlineData("qc-manager", "zero-calibration", null)]
    [InlineData("discharger", "read-clock", "command.not-yours")]
    [InlineData("regulator", "read-clock", "command.not-yours")]
    [InlineData("system-admin", "set-clock", "command.not-yours")]
    public void Who_may_ask(string role, string operation, string? refusal) =>
        Assert.Equal(refusal, CommandRights.AgainstAsking(Of(operation), new("u:one", role))?.Code);

    [Fact]
    public void A_dangerous_one_needs_an_order_or_a_second_person()
    {
        Assert.False(CommandRights.IsReleasedAtOnce(Of("restart"), hasOpenOrder: false));
        Assert.True(CommandRights.IsReleasedAtOnce(Of("restart"), hasOpenOrder: true));
        Assert.True(CommandRights.IsReleasedAtOnce(Of("clean"), hasOpenOrder: false));
        Assert.Equal("command.second-person-required", CommandRights.AgainstReleasing("u:one", new("u:one", OrderRoles.Dispatcher))?.Code);
        Assert.Equal("command.not-yours-to-release", CommandRights.AgainstReleasing("u:one", new("u:two", OrderRoles.Technician))?.Code);
        Assert.Null(CommandRights.AgainstReleasing("u:one", new("u:two", OrderRoles.QcManager)));
    }

    [Fact]
    public void Whatever_happens_a_command_ends_at_most_once_and_never_goes_back() =>
        Gen.Enum<CommandEvent>().Array[0, 40].Sample(events =>
        {
            var state = CommandState.Requested;
            foreach (var happened in events)
            {
                var next = CommandLife.Next(state, happened);
                if (next < state || (CommandLife.HasEnded(state) && next != state)) return false;
                state = next;
            }

            return true;
        });

    [Fact]
    public void Once_it_went_out_it_cannot_be_taken_back_and_only_answers_or_silence_end_it()
    {
        Assert.Equal(CommandState.Cancelled, CommandLife.Next(CommandState.Released, CommandEvent.Cancel));
        Assert.Equal(CommandState.Sent, CommandLife.Next(CommandState.Sent, CommandEvent.Cancel));
        Assert.Equal(CommandState.Requested, CommandLife.Next(CommandState.Requested, CommandEvent.Send));
        Assert.Equal(CommandState.Done, CommandLife.Next(CommandState.Sent, CommandEvent.Done));
        Assert.Equal(CommandState.Acknowledged, CommandLife.Next(CommandState.Acknowledged, CommandEvent.Refuse));
    }
}
