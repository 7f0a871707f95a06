using Qingyuan.Hj212.Dictionaries;
using Qingyuan.Hj212.Messages.Bodies;

namespace Qingyuan.Hj212.Catalogue;

/// <summary>3000 to 3999: acts of the devices, their identity, logs, states and parameters.</summary>
internal static partial class BuiltIn
{
    private const string Device2005 = "2005 names the act; that it carries PolId is inferred.";
    private const string Gone = "No example in 2025's appendix C by the one client that maps its tables.";

    private static IEnumerable<CommandRow> Devices(int? sampleReport2025) =>
    [
        Request(3011, "零点校准量程校准", "Zero and span calibration", Calibration.Form) with { In2005 = true, Sure2005 = Confidence.Inferred, In2017 = "C.30", In2025 = "C41", Remark = Device2005 },
        Request(3012, "即时采样", "Sample now", AnalyserAct.Form) with { In2005 = true, Sure2005 = Confidence.Inferred, In2017 = "C.31", In2025 = "C42", Remark = Device2005 },
        Request(3013, "启动清洗/反吹", "Clean or blow back", AnalyserAct.Form) with { In2017 = "C.32", In2025 = "C43" },
        Request(3013, "设备操作", "Operate a device", AnalyserAct.Form) with { In2005 = true, Sure2005 = Confidence.Inferred, Remark = Device2005 },
        Request(3014, "比对采样", "Sample for comparison", AnalyserAct.Form) with { In2017 = "C.33", Remark = Gone },
        Request(3014, "设置设备采样时间周期", "Set the sampling cycle", SamplingCycle.Form) with { In2005 = true, Sure2005 = Confidence.Inferred, Successor = 3016, Remark = "2005 names the act; its fields are taken from 2017's 3016." },
        Request(3015, "超标留样", "Retain a sample", NoParameters.Form) with { In2017 = "C.34", Successor = 3022, Remark = Gone },
        Upload(3015, "上传超标留样信息", "A sample was retained", RetainedSample.Form) with { In2017 = "C.34", Remark = "Printed with Flag=5, but no 9014 is listed; answering does no harm." },
        Request(3016, "设置采样时间周期", "Set the sampling cycle", SamplingCycle.Form) with { In2017 = "C.35", Remark = Gone },
        Query(3017, "提取采样时间周期", "Get the sampling cycle", AnalyserAct.Form) with { In2017 = "C.36", Remark = Gone },
        Found(3017, "上传采样时间周期", "The sampling cycle", SamplingCycle.Form) with { In2017 = "C.36", Remark = Gone },
        Query(3018, "提取出样时间", "Get the sample-out time", AnalyserAct.Form) with { In2017 = "C.37", In2025 = "C44" },
        Found(3018, "上传出样时间", "The sample-out time", SampleOutTime.Form) with { In2017 = "C.37", In2025 = "C44" },
        Query(3019, "提取设备唯一标识", "Get an instrument's identity", AnalyserAct.Form) with { In2017 = "C.38", In2025 = "C45" },
        Upload(3019, "上传设备唯一标识", "An instrument's identity, as asked for or after an exchange", InstrumentIdentity.Form) with { In2017 = "C.39", In2025 = "C46" },
        Query(3020, "提取现场端信息", "Get a log, a state or a parameter", InformationRequest.Form) with { In2017 = "C.41", In2025 = "C48" },
        Upload(3020, "上传现场端信息", "Logs, states, parameters", Information.Form) with { In2017 = "C.40", In2025 = "C47" },
        Request(3021, "设置现场端参数", "Set a parameter", ParameterSetting.Form) with { In2017 = "C.46", In2025 = "C53" },
        Request(3022, "即时留样", "Retain a sample now", AnalyserAct.Form) with { In2025 = "C62" },
        Request(3024, "启动自动标样核查", "Start an automatic standard check", AnalyserAct.Form) with { In2025 = "C61" },
        .. sampleReport2025 is { } command
            ? [Upload(command, "上传留样信息", "A sample was retained", RetainedSample.Form) with { In2025 = "C63", Remark = "Its CN is configured; its fields are taken from 2017's 3015." }]
            : Array.Empty<CommandRow>(),
    ];
}
