using System.Globalization;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Rules.RemoteControl;

/// <summary>How a parameter that is filed stands beside the one the device uses.</summary>
public enum ParameterVerdict
{
    /// <summary>As filed.</summary>
    Equal,

    /// <summary>Another value than filed: somebody changed it on site, or the filing is old.</summary>
    Differs,

    /// <summary>The device tells it, nobody filed it.</summary>
    NotFiled,

    /// <summary>It is filed, and the device has never told it.</summary>
    NotReported,
}

/// <summary>备案参数与实际参数比对: what is filed for an analyser beside what was read from it and what it uploaded.</summary>
[Clause("《污染源自动监测系统数智化运行维护技术规范》编制说明 2024", "5.6.3", Certainty = "SINGLE")]
public static class FiledParameters
{
    /// <summary>Rule id of this version.</summary>
    public static readonly RuleId Id = new("FILED-PARAMETERS", "1");

    /// <summary>Numbers are compared as numbers (100 is 100.0), everything else letter by letter.</summary>
    public static ParameterVerdict Judge(string? filed, string? actual) => (filed, actual) switch
    {
        (null, _) => ParameterVerdict.NotFiled,
        (_, null) => ParameterVerdict.NotReported,
        _ => AreEqual(filed.Trim(), actual.Trim()) ? ParameterVerdict.Equal : ParameterVerdict.Differs,
    };

    private static bool AreEqual(string filed, string actual) =>
        filed == actual || (Number(filed) is { } one && Number(actual) is { } other && one == other);

    private static decimal? Number(string text) => decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;
}
