using System.ComponentModel.DataAnnotations;

namespace Qingyuan.Platform.Ingest.Sensors;

/// <summary>How to reach an MQTT broker of another, section <c>Ingest:MqttFrom</c>. Who may publish for which MN is that broker's to decide: every report keeps its address as source.</summary>
internal sealed class OutsideBroker
{
    /// <summary>HOST:PORT; none when empty.</summary>
    [RegularExpression("^[^:/ ]+:[0-9]{1,5}$")]
    public string? Address { get; set; }

    /// <summary>TLS, with the broker's name checked.</summary>
    public bool Tls { get; set; }

    /// <summary>PEM file of the authority of the broker's certificate; the system's authorities when empty.</summary>
    public string? Authority { get; set; }

    public string? User { get; set; }

    public string? Password { get; set; }

    /// <summary>Under this name the broker keeps reports while we are away: no two clients may share it.</summary>
    [Required]
    public string ClientId { get; set; } = "qingyuan";

    /// <summary>Subscribed topic; its one <c>+</c> is the MN.</summary>
    [RegularExpression("^(?:[^+#]+/)?[+](?:/[^+#]+)?$")]
    public string Topic { get; set; } = "qingyuan/+/report";

    /// <summary>The MN in a topic that matched.</summary>
    public string? MnOf(string topic)
    {
        var place = Topic.IndexOf('+', StringComparison.Ordinal);
        var tail = Topic.Length - place - 1;
        return topic.Length > Topic.Length - 1 ? topic[place..^tail] : null;
    }
}
