using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Shared.Http;

/// <summary>Input that cannot be taken: which field, and what belongs there. Its arguments are the field and the sentence in the language of who asks.</summary>
public sealed record FieldFault(string Field, Fault What) : Refusal("request.field-invalid", Field, What.Say());
