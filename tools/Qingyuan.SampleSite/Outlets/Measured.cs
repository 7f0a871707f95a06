using System.Globalization;

namespace Qingyuan.SampleSite.Outlets;

/// <summary>What an instrument of a sample outlet shows at a moment.</summary>
/// <param name="Factor">Code as this logger sends it.</param>
/// <param name="Value">Its reading.</param>
/// <param name="Decimals">As displayed and sent.</param>
/// <param name="Flag">Data mark, <c>N</c> when normal.</param>
/// <param name="Converted">At reference oxygen, for flue gas pollutants.</param>
/// <param name="SampleTime">Start of the sampling a result belongs to, for analysers that work in cycles.</param>
internal sealed record Measured(string Factor, decimal Value, int Decimals, string Flag = "N", decimal? Converted = null, DateTime? SampleTime = null)
{
    public string Text(decimal value) => Math.Round(value, Decimals).ToString("F" + Decimals, CultureInfo.InvariantCulture);
}
