using System.ComponentModel.DataAnnotations;

namespace Qingyuan.Platform.Evidence;

/// <summary>Settings of the slice, section <c>Evidence</c>.</summary>
public sealed class EvidenceOptions
{
    public const string Section = "Evidence";

    /// <summary>Name of the organisation's log. Cannot change once the log exists.</summary>
    /// <value>Default <c>qingyuan.local/ORG/1</c> with the organisation's code.</value>
    [RegularExpression(@"[^\s+\p{C}]{1,200}", ErrorMessage = "Evidence:Origin has no white space and no plus sign.")]
    public string? Origin { get; set; }

    /// <summary>Whether this node writes the log. In a cluster exactly one does; moving it is an operator's act.</summary>
    /// <value>True.</value>
    public bool Writer { get; set; } = true;

    /// <summary>How long after the hour its frame digest is taken, so that batches under way are in it.</summary>
    /// <value>Five minutes.</value>
    [Range(typeof(TimeSpan), "00:00:10", "01:00:00")]
    public TimeSpan DigestDelay { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>A record that waits longer than this for the log raises the alarm.</summary>
    /// <value>One minute.</value>
    [Range(typeof(TimeSpan), "00:00:05", "01:00:00")]
    public TimeSpan StalledAfter { get; set; } = TimeSpan.FromMinutes(1);
}
