using System.ComponentModel.DataAnnotations;
using Qingyuan.Platform.Ingest.Listening;
using Qingyuan.Platform.Ingest.Sensors;

namespace Qingyuan.Platform.Ingest;

/// <summary>Limits and habits of the listener, section <c>Ingest</c>. Checked at start: a bad one stops the process with its name.</summary>
internal sealed class IngestOptions
{
    public const string Section = "Ingest";

    /// <summary>Bytes of one connection that may wait unread; beyond, the socket is not read and the peer waits.</summary>
    [Range(16 * 1024, 1024 * 1024)]
    public int UnreadBytes { get; set; } = 16 * 1024;

    /// <summary>Frames of one connection between arrival and answer.</summary>
    [Range(1, 65_536)]
    public int FramesInFlight { get; set; } = 256;

    /// <summary>A frame that began must end within this time, or its bytes go into quarantine as half a frame.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan HalfFrame { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>A connection without one whole frame for so long is closed. Hourly senders need more than an hour.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "2.00:00:00")]
    public TimeSpan Silence { get; set; } = TimeSpan.FromMinutes(90);

    /// <summary>A new connection must bring its first whole frame within this time.</summary>
    [Range(typeof(TimeSpan), "00:00:05", "2.00:00:00")]
    public TimeSpan FirstFrame { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>A peer that does not take our answers for so long is dropped.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan SlowReader { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>When a frame waits longer than this for its commit, connections that upload history are not read.</summary>
    [Range(typeof(TimeSpan), "00:00:00.5", "00:10:00")]
    public TimeSpan HistoryWaitsAfter { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>When a frame waits longer than this for its commit, no new connection is accepted.</summary>
    [Range(typeof(TimeSpan), "00:00:00.5", "00:10:00")]
    public TimeSpan NobodyNewAfter { get; set; } = TimeSpan.FromSeconds(8);

    /// <summary>Bytes outside frames that a connection may send between two whole frames.</summary>
    [Range(1024, 16 * 1024 * 1024)]
    public int RubbishBytes { get; set; } = 64 * 1024;

    [Range(1, 1_000_000)]
    public int Connections { get; set; } = 50_000;

    /// <summary>Gateways and carriers put many stations behind one address.</summary>
    [Range(1, 1_000_000)]
    public int ConnectionsPerAddress { get; set; } = 20_000;

    /// <summary>Connections an address may open at once; refilled by <see cref="AcceptsPerSecond"/>.</summary>
    [Range(1, 1_000_000)]
    public int AcceptBurst { get; set; } = 5_000;

    [Range(1, 1_000_000)]
    public int AcceptsPerSecond { get; set; } = 200;

    /// <summary>The four above as one, for all listeners together.</summary>
    public AcceptLimits Limits => new(Connections, ConnectionsPerAddress, AcceptBurst, AcceptsPerSecond);

    /// <summary>Bytes of frames that are kept though nobody vouches for them, per address and UTC day. Nothing that was kept is ever deleted.</summary>
    [Range(0, long.MaxValue)]
    public long QuarantineBytesPerAddressAndDay { get; set; } = 64L << 20;

    /// <summary>The same, of all addresses together: the most by which strangers can fill the disk in a day.</summary>
    [Range(0, long.MaxValue)]
    public long QuarantineBytes { get; set; } = 1L << 30;

    /// <summary>Takes frames whose check value was made by CRC-16/MODBUS (a frequent mistake of loggers), with a note.</summary>
    public bool AcceptForeignCrc { get; set; } = true;

    /// <summary>Answers uploads without a Flag field (2005 shape) with 9014. Off: no Flag, no answer wanted.</summary>
    public bool AnswerWithoutFlag { get; set; }

    /// <summary>A broker of another, from which reports are fetched.</summary>
    public OutsideBroker MqttFrom { get; set; } = new();

    /// <summary>The command that answers a vendor's login 9021: <c>9022</c> or <c>9014</c>.</summary>
    [RegularExpression("^(9022|9014)$")]
    public string VendorLoginAnswer { get; set; } = "9022";

    /// <summary>How often changed chunks are written and replay is shortened.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "01:00:00")]
    public TimeSpan Checkpoint { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Station twins that are called at the same time.</summary>
    [Range(1, 1024)]
    public int TwinsAtOnce { get; set; } = 16;
}
