namespace Qingyuan.Hj212.Factors;

/// <summary>What a factor code is about.</summary>
public enum FactorMedium
{
    /// <summary>Water (codes w…, and three characters in 2005).</summary>
    Water,

    /// <summary>Air and flue gas (codes a…, and two or three characters in 2005).</summary>
    Air,

    /// <summary>Noise (codes L…).</summary>
    Noise,

    /// <summary>Operating conditions of sewage treatment (codes e…).</summary>
    ProcessWater,

    /// <summary>Operating conditions of flue gas treatment (codes g…).</summary>
    ProcessGas,

    /// <summary>Field information (现场端信息, codes i…).</summary>
    Information,

    /// <summary>Electricity (codes d…, 2025).</summary>
    Electricity,

    /// <summary>Key production conditions (关键生产工况, codes p…, 2025).</summary>
    Condition,
}
