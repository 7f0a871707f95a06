using static Qingyuan.Hj212.Dictionaries.CodeMeaning;

namespace Qingyuan.Hj212.Dictionaries;

/// <summary>工况编码: <c>e</c> (sewage) or <c>g</c> (flue gas), a process class, two digits of factor, two of device (01 unless there are more). The factors are rows of <see cref="Factors.FactorTable"/>.</summary>
/// <remarks>Two codes are printed twice in the standard with different meanings (e701xx, g119xx), and g119 to g134 go on below the block of g3: see <see cref="Factors.FactorTable.AllOf"/>.</remarks>
public static class ProcessClasses
{
    /// <summary>The first two signs of a code.</summary>
    public static CodeTable Table { get; } = new("HJ 212-2017 6.4.1",
    [
        new("e1", "进水口", "Inlet", From2017, Confidence.Single),
        new("e2", "出水口", "Outlet", From2017, Confidence.Single),
        new("e3", "活性污泥法", "Activated sludge", From2017, Confidence.Single),
        new("e4", "氧化沟", "Oxidation ditch", From2017, Confidence.Single),
        new("e5", "AO/A2O", "AO or A2O", From2017, Confidence.Single),
        new("e6", "SBR", "Sequencing batch reactor", From2017, Confidence.Single),
        new("e7", "接触氧化", "Contact oxidation", From2017, Confidence.Single),
        new("e8", "生物滤池", "Biofilter", From2017, Confidence.Single),
        new("e9", "设计参数", "Design parameters", From2017, Confidence.Single),
        new("g1", "湿法脱硫", "Wet desulphurisation", From2017, Confidence.Single),
        new("g2", "半干法脱硫", "Semi-dry desulphurisation", From2017, Confidence.Single),
        new("g3", "SCR脱硝", "Selective catalytic reduction", From2017, Confidence.Single),
        new("g4", "SNCR脱硝", "Selective non-catalytic reduction", From2017, Confidence.Single),
        new("g5", "静电除尘", "Electrostatic precipitator", From2017, Confidence.Single),
        new("g6", "布袋除尘", "Bag filter", From2017, Confidence.Single),
    ]);
}
