namespace Qingyuan.Hj212.Messages.Bodies;

/// <summary>CalibrationType of HJ 212-2025 (one source).</summary>
public enum CalibrationKind
{
    /// <summary>零点校准: at zero.</summary>
    Zero = 0,

    /// <summary>量程校准: at span.</summary>
    Span = 1,
}
