namespace Qingyuan.Hj212.Catalogue;

/// <summary>Which end sent a frame. The same CN asks in one direction and delivers in the other, so meaning needs it.</summary>
public enum Sender
{
    /// <summary>上位机: the platform.</summary>
    Host,

    /// <summary>现场机: the logger.</summary>
    Field,
}
