namespace Qingyuan.Hj212;

/// <summary>Placeholder of the check value.</summary>
internal static class Crc16;
