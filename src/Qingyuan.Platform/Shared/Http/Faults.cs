namespace Qingyuan.Platform.Shared.Http;

/// <summary>What many fields must hold, said once for all slices.</summary>
public static class Faults
{
    public static Fault Missing => Of("missing");

    /// <summary>Of a member that stands in its object twice.</summary>
    public static Fault Twice => Of("twice");

    /// <summary>An instant, as <see cref="QueryTime"/> reads it.</summary>
    public static Fault Time => Of(QueryTime.Expected);

    /// <summary>Of the end of a time.</summary>
    public static Fault LaterThanFrom => Of("later");

    /// <summary>Where a page begins.</summary>
    public static Fault Page => Of("page");

    /// <summary>Of a frame.</summary>
    public static Fault FrameId => Of("frame-id");

    public static Fault AnyText => Of("any-text");

    public static Fault Number => Of("number");

    public static Fault WholeNumber => Of("whole-number");

    public static Fault TrueOrFalse => Of("true-false");

    public static Fault Uuid => Of("uuid");

    /// <summary>Of a value whose kind is too much to say in a sentence.</summary>
    public static Fault OtherKind => Of("other-kind");

    public static Fault AtLeast(int least) => Of("at-least", least);

    public static Fault Range(int least, int most) => Of("range", least, most);

    /// <summary>Of a list.</summary>
    public static Fault AtMost(int items) => Of("at-most", items);

    /// <summary>Plain text, as <see cref="InputText"/> takes it.</summary>
    public static Fault Text(int longest) => Of("text", longest);

    /// <summary>Plain text that may not be empty.</summary>
    public static Fault Name(int longest) => Of("name", longest);

    public static Fault OneOf(params IEnumerable<string> words) => Of("one-of", string.Join(", ", words));

    /// <summary>What is not JSON at all.</summary>
    public static Fault Json(string why) => Of("json", why);

    /// <summary>Of what could not even be looked at.</summary>
    public static Fault Unreadable(string why) => Of("unreadable", why);

    /// <summary>A sentence of those that all slices share, by its code.</summary>
    internal static Fault Of(string code, params object[] places) => new(ApiSetup.Texts, code, places);
}
