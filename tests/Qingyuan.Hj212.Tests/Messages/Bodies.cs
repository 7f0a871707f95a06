using Qingyuan.Hj212.Commands;
using Qingyuan.Hj212.Messages;
using Qingyuan.Hj212.Messages.Bodies;

namespace Qingyuan.Hj212.Tests.Messages;

/// <summary>Generated bodies of every shape. A shape without a generator is red in the round-trip test.</summary>
internal static class Bodies
{
    private static readonly Gen<DateTime> Time = Gen.Select(Gen.Int[0, 3650], Gen.Int[0, 86_399], (day, second) => new DateTime(2016, 1, 1).AddDays(day).AddSeconds(second));
    private static readonly Gen<string> Code = One("w01018", "a21026", "011", "B01", "e10101", "Leq");
    private static readonly Gen<string> Unit = One("SB1", "SB2", "SB12");
    private static readonly Gen<string> Value = Gen.OneOf(Gen.Int[0, 99_999].Select(number => (number / 100m).ToString("0.00", System.Globalization.CultureInfo.InvariantCulture)), One("", "-", "NaN", "St", "-1.5", "0", "a=b", "运行"));
    private static readonly Gen<string> Plain = Gen.String[Gen.Char["0123456789abcXYZ"], 1, 16];
    private static readonly Gen<string> Log = Gen.String[Gen.Char["清洗管路;,=/ aZ&#\r\n"], 0, 40].Where(text => !text.Contains("//", StringComparison.Ordinal));
    private static readonly Gen<string?> Factor = Gen.OneOf(Code.Select(code => (string?)code), One<string?>([null]));
    private static readonly Gen<DateTime?> MaybeTime = Gen.OneOf(Time.Select(time => (DateTime?)time), One<DateTime?>([null]));
    private static readonly Gen<int?> MaybeNumber = Gen.OneOf(Gen.Int[1, 9999].Select(number => (int?)number), One<int?>([null]));

    private static readonly Gen<ValueList<Quantity>> Quantities =
        Gen.Select(One("Rtd", "Min", "Avg", "ZsAvg", "Cou", "Unknown"), Value, (kind, text) => new Quantity(kind, text)).List[1, 6]
            .Select(all => (ValueList<Quantity>)[.. all.DistinctBy(quantity => quantity.Kind)]);

    private static readonly Gen<FactorReport> Report =
        Gen.Select(Code, Quantities, One<string?>(null, "N", "D", "Td"), MaybeTime, MaybeTime, One<string?>(null, "A01"),
            (code, values, flag, sampled, completed, extended) => new FactorReport(code, values) { Flag = flag, SampleTime = sampled, CompleteTime = completed, ExtendedFlag = extended });

    private static readonly Gen<ValueList<FactorReport>> Reports = Report.List[1, 12].Select(all => (ValueList<FactorReport>)[.. all.DistinctBy(report => report.Code)]);

    private static readonly Gen<ValueList<InformationItem>> Items =
        Gen.OneOf(
            Gen.Select(One("i12001", "i13004"), Value.Where(text => !text.Contains('=', StringComparison.Ordinal)), (code, text) => new InformationItem(code, text, false)),
            Log.Select(text => new InformationItem("i11001", text, true))).List[1, 4].Select(all => (ValueList<InformationItem>)[.. all]);

    private static readonly Dictionary<Type, Gen<Body>> Gens = new()
    {
        [typeof(NoParameters)] = Of(Gen.Const(new NoParameters())),
        [typeof(LinkSettings)] = Of(Gen.Select(Gen.Int[1, 99], Gen.Int[1, 99], (seconds, times) => new LinkSettings(seconds, times))),
        [typeof(RealtimeRequest)] = Of(MaybeTime.Select(time => new RealtimeRequest(time, time?.AddHours(1)))),
        [typeof(ClockRequest)] = Of(Factor.Select(factor => new ClockRequest(factor))),
        [typeof(Clock)] = Of(Gen.Select(Factor, Time, (factor, time) => new Clock(factor, time))),
        [typeof(RealtimeInterval)] = Of(Gen.Int[30, 3600].Select(seconds => new RealtimeInterval(seconds))),
        [typeof(MinuteInterval)] = Of(One(1, 5, 10, 30).Select(minutes => new MinuteInterval(minutes))),
        [typeof(NewPassword)] = Of(Plain.Select(text => new NewPassword(text))),
        [typeof(HistoryRequest)] = Of(Gen.Select(Time, Time, (begin, end) => new HistoryRequest(begin, end))),
        [typeof(Measurements)] = Of(Gen.Select(Time, Reports, (time, reports) => new Measurements(time, reports))),
        [typeof(UnitStates)] = Of(Gen.Select(Time, Gen.Select(Unit, Gen.Int[0, 5], (unit, state) => new UnitState(unit, state)).List[0, 4], (time, units) => new UnitStates(time, [.. units]))),
        [typeof(UnitRunTimes)] = Of(Gen.Select(Time, Gen.Select(Unit, Gen.Int[0, 2400], (unit, hours) => new UnitRunTime(unit, hours / 100m)).List[0, 4], (time, units) => new UnitRunTimes(time, [.. units]))),
        [typeof(BootTime)] = Of(Gen.Select(Time, Time, (time, booted) => new BootTime(time, booted))),
        [typeof(AnalyserAct)] = Of(Code.Select(code => new AnalyserAct(code))),
        [typeof(Calibration)] = Of(Gen.Select(Code, One<CalibrationKind?>(null, CalibrationKind.Zero, CalibrationKind.Span), (code, kind) => new Calibration(code, kind))),
        [typeof(RetainedSample)] = Of(Gen.Select(Time, Gen.Int[1, 99], (time, bottle) => new RetainedSample(time, bottle))),
        [typeof(SamplingCycle)] = Of(Gen.Select(Code, Time, Gen.Int[1, 24], (code, time, hours) => new SamplingCycle(code, TimeOnly.FromDateTime(time), hours))),
        [typeof(SampleOutTime)] = Of(Gen.Select(Code, Gen.Int[1, 120], (code, minutes) => new SampleOutTime(code, minutes))),
        [typeof(InstrumentIdentity)] = Of(Gen.Select(MaybeTime, Code, Plain, (time, code, serial) => new InstrumentIdentity(time, code, serial))),
        [typeof(InformationRequest)] = Of(Gen.Select(Factor, MaybeTime, (factor, time) => new InformationRequest(factor, "i11001", time, time?.AddHours(1)))),
        [typeof(Information)] = Of(Gen.Select(Time, Factor, Items, (time, factor, items) => new Information(time, factor, items))),
        [typeof(ParameterSetting)] = Of(Gen.Select(Factor, Value, (factor, value) => new ParameterSetting(factor, "i13004", value))),
        [typeof(HardwareIdentity)] = Of(Items.Select(items => new HardwareIdentity(items))),
        [typeof(StandardChecks)] = Of(Gen.Select(Time, Gen.Select(Value, Value, One("0", "1"), (reading, known, outcome) => new StandardCheck("w01018", reading, known, outcome)), (time, check) => new StandardChecks(time, [check]))),
        [typeof(KeyRequest)] = Of(Gen.Const(new KeyRequest("20240601085857000"))),
        [typeof(NewKey)] = Of(Plain.Select(key => new NewKey("20240601085857000", key))),
        [typeof(RequestReply)] = Of(One(Enum.GetValues<RequestResult>()).Select(result => new RequestReply(result))),
        [typeof(ExecutionReply)] = Of(One(Enum.GetValues<ExecutionResult>()).Select(result => new ExecutionReply(result))),
        [typeof(DataReply2005)] = Of(Gen.Select(MaybeNumber, MaybeNumber, MaybeNumber, (command, part, parts) => new DataReply2005(command, part, parts))),
        [typeof(AlarmDelay)] = Of(Plain.Select(text => new AlarmDelay(text))),
        [typeof(AlarmLimits)] = Of(Gen.Select(Code, Value, Value, (code, low, up) => new AlarmLimits([new FactorReport(code, [new("LowValue", low), new("UpValue", up)])]))),
        [typeof(HostAddress)] = Of(Gen.Select(Plain, Plain, (report, alarm) => new HostAddress(report, alarm))),
        [typeof(ReportTime)] = Of(Plain.Select(text => new ReportTime(text))),
        [typeof(AlarmReport)] = Of(Gen.Select(Time, Value, Gen.Int[0, 1], (time, value, kind) => new AlarmReport(time, [new FactorReport("011", [new("Ala", value)])], kind))),
    };

    /// <summary>Bodies of a shape.</summary>
    public static Gen<Body> For(BodyShape shape) => shape.Body == typeof(RealtimeRequest) && shape.Fields.Count == 0 ? Of(Gen.Const(new RealtimeRequest())) : Gens[shape.Body];

    private static Gen<T> One<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(at => values[at]);

    private static Gen<Body> Of<T>(Gen<T> gen) where T : Body => gen.Select(body => (Body)body);
}
