using Microsoft.AspNetCore.Http.HttpResults;
using Qingyuan.Platform.Shared.Http;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Alarms.Notifications.Configuring;

/// <summary>Input that cannot be taken: which field, and why.</summary>
internal sealed record FieldFault(string Field, string Why) : Refusal("request.field-invalid", Field, Why)
{
    public static ProblemHttpResult Problem(Refusal refusal) => refusal is FieldFault fault ? Problems.Field(fault.Field, fault.Why) : Problems.From(refusal);
}
