using Qingyuan.Hj212.Factors;

namespace Qingyuan.Platform.Ingest.Contracts;

/// <summary>The factor codes (监测因子编码) of HJ 212, for slices that see nothing of the wire.</summary>
public static class StandardFactors
{
    /// <summary>Whether a table of any edition has the code, in the letters of the standard.</summary>
    public static bool Has(string code) => FactorTable.TryGet(code, out _) || FactorTable.Map2005To2017(code) is not null;
}
