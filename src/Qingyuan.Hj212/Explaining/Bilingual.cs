namespace Qingyuan.Hj212.Explaining;

/// <summary>A sentence in both languages.</summary>
/// <param name="Zh">Chinese.</param>
/// <param name="En">English.</param>
public sealed record Bilingual(string Zh, string En);
