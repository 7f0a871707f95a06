using Qingyuan.Hj212.Segments;

namespace Qingyuan.Hj212.Factors;

/// <summary>One row of the code tables of HJ 212.</summary>
/// <param name="Code">Such as <c>w01018</c>; <c>xx</c> or <c>x</c> at its end stand for a device number.</param>
/// <param name="NameZh">Name in the standard; empty for the few codes of 2025 known from examples only.</param>
/// <param name="NameEn">Our translation.</param>
/// <param name="Unit">Unit of the concentration or quantity; null when it has none. Many air codes default to ng/m3 while loggers send other units: never convert silently.</param>
/// <param name="Format">Such as <c>N5.1</c>: up to five integer digits and one decimal; null when the standard gives none.</param>
/// <param name="Medium">What the code is about.</param>
/// <param name="Edition">First edition read here that has the code.</param>
/// <param name="Source">Where the row was read.</param>
/// <param name="EmissionUnit">Unit of <c>-Cou</c>; null when nothing is summed.</param>
/// <param name="PairedCode">The code of the same thing in the other code system (2005 against 2017); null when it has none.</param>
/// <param name="Confidence"><c>CONFIRMED</c> by two sources, or less; a parameter rather than a constant then.</param>
public sealed record Factor(
    string Code, string NameZh, string NameEn, string? Unit, string? Format, FactorMedium Medium, Edition Edition, string Source,
    string? EmissionUnit, string? PairedCode, string Confidence);
