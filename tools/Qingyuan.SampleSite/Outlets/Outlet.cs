using System.Text.Json.Nodes;

namespace Qingyuan.SampleSite.Outlets;

/// <summary>One sample outlet: who it is, what is filed for it, and what its instruments show.</summary>
internal abstract class Outlet
{
    public abstract string Mn { get; }

    public abstract string Name { get; }

    /// <summary>HJ 212 system code: 31 flue gas, 32 water.</summary>
    public abstract string System { get; }

    public virtual int Edition => 2017;

    public virtual int MinuteInterval => 1;

    public const string Password = "123456";

    public bool IsGas => System == "31";

    /// <summary>The readings of all factors at a wall-clock moment.</summary>
    public abstract IReadOnlyList<Measured> At(DateTime wall);

    /// <summary>What <c>POST /stations</c> is told.</summary>
    public abstract JsonObject Filing();

    /// <summary>Frames beside the periodic ones (checks, logs, states) whose moment lies in (from, to], as command and data area.</summary>
    public virtual IEnumerable<(DateTime At, string Command, string Area)> Events(DateTime from, DateTime to) => [];

    /// <summary>True while the outlet's link is down, so that its logger keeps the data and fills the gap afterwards.</summary>
    public virtual bool LinkDown(DateTime wall) => false;

    protected static JsonObject Factor(
        string code, string zh, string en, string unit, int decimals, string? analyser, JsonObject? limit = null, int? cycleMinutes = null, string? rangeUpper = null)
    {
        var factor = new JsonObject { ["code"] = code, ["nameZh"] = zh, ["nameEn"] = en, ["unit"] = unit, ["decimals"] = decimals };
        if (analyser is not null) factor["analyser"] = analyser;
        if (limit is not null) factor["limit"] = limit;
        if (cycleMinutes is not null) factor["cycleMinutes"] = cycleMinutes;
        if (rangeUpper is not null) factor["rangeUpper"] = rangeUpper;
        return factor;
    }

    protected static JsonObject Limit(string basis, string upper, string source, string? coldUpper = null)
    {
        var limit = new JsonObject { ["upper"] = upper, ["basis"] = basis, ["source"] = source };
        if (coldUpper is not null) limit["coldUpper"] = coldUpper;
        return limit;
    }

    protected static JsonObject Range(string basis, string lower, string upper, string source) =>
        new() { ["lower"] = lower, ["upper"] = upper, ["basis"] = basis, ["source"] = source };

    /// <summary>0 before <paramref name="from"/>, 1 after <paramref name="to"/>, straight between.</summary>
    protected static decimal Ramp(DateTime wall, DateTime from, DateTime to) =>
        wall <= from ? 0 : wall >= to ? 1 : (decimal)(wall - from).Ticks / (to - from).Ticks;
}
