using static Qingyuan.Hj212.Dictionaries.CodeMeaning;

namespace Qingyuan.Hj212.Dictionaries;

/// <summary>系统编码 ST: the system a frame is about. 10 to 29 quality, 30 to 49 sources, 50 to 69 processes, 91 to 99 interaction, A0 to Z9 extension.</summary>
public static class SystemCodes
{
    /// <summary>The table.</summary>
    public static CodeTable Table { get; } = new("HJ 212-2017 表5",
    [
        new("21", "地表水质量监测", "Surface water quality", Every),
        new("22", "空气质量监测", "Air quality", Every),
        new("23", "声环境质量监测", "Noise in the environment", Every),
        new("24", "地下水质量监测", "Groundwater quality", From2017),
        new("25", "土壤质量监测", "Soil quality", From2017),
        new("26", "海水质量监测", "Sea water quality", From2017),
        new("27", "挥发性有机物监测", "Volatile organic compounds", From2017),
        new("31", "大气环境污染源", "Source polluting air", Every),
        new("32", "地表水体环境污染源", "Source polluting surface water", Every),
        new("33", "地下水体环境污染源", "Source polluting groundwater", Every),
        new("34", "海洋环境污染源", "Source polluting the sea", Every),
        new("35", "土壤环境污染源", "Source polluting soil", Every),
        new("36", "声环境污染源", "Source of noise", Every),
        new("37", "振动环境污染源", "Source of vibration", Every),
        new("38", "放射性环境污染源", "Source of radioactivity", Every),
        new("39", "工地扬尘污染源", "Dust of building sites", From2017),
        new("41", "电磁环境污染源", "Source of electromagnetic fields", Every),
        new("44", "用电监控", "Electricity", Only2025),
        new("45", "关键生产工况监控", "Key production conditions", Only2025, Confidence.Single),
        new("51", "烟气排放过程监控", "Process of flue gas emission", From2017),
        new("52", "污水排放过程监控", "Process of sewage discharge", From2017),
        new("91", "系统交互", "Interaction of systems: all replies", Every),
    ]);
}
