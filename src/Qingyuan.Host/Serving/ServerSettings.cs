using System.ComponentModel.DataAnnotations;

namespace Qingyuan.Host.Serving;

/// <summary>How the platform runs: <c>qingyuan.json</c> &lt; <c>QINGYUAN__…</c> environment &lt; options.</summary>
internal sealed class ServerSettings
{
    /// <summary>Key of the data directory itself; the settings file lies in it, so that one cannot name it.</summary>
    public const string DataKey = "Data";

    /// <value>HOST:PORT, default 127.0.0.1:8080; port 0 takes a free one.</value>
    [Required]
    public string Http { get; init; } = "127.0.0.1:8080";

    /// <value>HOST:PORT, default 127.0.0.1:8212. May bind plain: the standard knows no TLS.</value>
    [Required]
    public string Hj212 { get; init; } = "127.0.0.1:8212";

    /// <value>More listeners for loggers; in the settings file or environment only.</value>
    public IReadOnlyList<Hj212Listener> Hj212Listeners { get; init; } = [];

    public SensorPort Ingest { get; init; } = new();

    public string? Https { get; init; }

    public string? Certificate { get; init; }

    public string? CertificatePassword { get; init; }

    /// <value>PostgreSQL connection string; null = SQLite in the data directory.</value>
    public string? Database { get; init; }

    /// <value>HOST:PORT at which the other nodes of this installation reach this one; null: it takes nothing from others, brings them nothing while it waits, and is no member.</value>
    public string? Cluster { get; init; }

    /// <value>Port, at the address of <see cref="Cluster"/>, where the silos of the other nodes reach that of this one; 0 takes a free one, which they learn from the database.</value>
    [Range(0, 65535)]
    public int MemberPort { get; init; }

    /// <value>How often the nodes of a cluster ask each other whether they live; who misses three answers is found dead. 2 s.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan ProbeEvery { get; init; } = TimeSpan.FromSeconds(2);

    /// <value>How often a node that waits looks for new files of the serving one. 30 s.</value>
    public TimeSpan CopyEvery { get; init; } = TimeSpan.FromSeconds(30);

    /// <value>A node on the same PostgreSQL that says nothing for so long hangs, and a waiting one takes over, unless the members of the cluster found it dead before. 30 s.</value>
    public TimeSpan NodeSilence { get; init; } = TimeSpan.FromSeconds(30);

    /// <value>http(s) address of an OpenTelemetry collector that takes OTLP over HTTP, such as http://127.0.0.1:4318: gets traces and metrics. Null: none.</value>
    public string? Otlp { get; init; }

    /// <value>Which share of the frames and requests the collector gets a trace of, 0 to 1; 0.01.</value>
    public double OtlpShare { get; init; } = 0.01;

    public bool BehindProxy { get; init; }

    /// <value>Allows plain HTTP beyond loopback. Concerns HTTP only.</value>
    public bool Insecure { get; init; }

    /// <value>First start also makes one account for each business role.</value>
    public bool Sample { get; init; }
}

/// <summary>Of the section <c>Ingest</c>, what the host opens; the rest of it is the slice's.</summary>
internal sealed class SensorPort
{
    /// <value>HOST:PORT of the MQTT broker for sensors, such as 0.0.0.0:1883; none when empty.</value>
    public string? Mqtt { get; init; }

    /// <value>Certificate with its key (PEM, PFX): the MQTT port speaks TLS. Null: plain.</value>
    public string? MqttCertificate { get; init; }
}
