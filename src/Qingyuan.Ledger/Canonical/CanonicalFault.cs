namespace Qingyuan.Ledger.Canonical;

/// <summary>Why bytes or a document are not canonical. A refusal is data, not an exception.</summary>
public enum CanonicalFault
{
    /// <summary>Canonical.</summary>
    None,

    /// <summary>Not JSON, not UTF-8, a byte order mark, or a lone surrogate.</summary>
    NotJson,

    /// <summary>White space, another member order or another escape than the canonical one.</summary>
    NotMinimal,

    /// <summary>The same member twice in one object.</summary>
    DuplicateMember,

    /// <summary>A JSON number other than the format version at the root.</summary>
    Number,

    /// <summary>A JSON null: leave the member out.</summary>
    Null,

    /// <summary>A string that is not in Unicode normalisation form C.</summary>
    NotNormalised,

    /// <summary>A control character in a string.</summary>
    ControlCharacter,

    /// <summary>More than <see cref="CanonicalJson.MaxDepth"/> levels.</summary>
    TooDeep,

    /// <summary>More than <see cref="CanonicalJson.MaxBytes"/> bytes.</summary>
    TooLong,
}
