using Qingyuan.Platform.Alarms;
using Qingyuan.Platform.Evidence;
using Qingyuan.Platform.Ingest;
using Qingyuan.Platform.Operations;
using Qingyuan.Platform.Security;
using Qingyuan.Platform.Stations;
using Qingyuan.Platform.Telemetry;
using Qingyuan.Platform.Validity;

var builder = WebApplication.CreateBuilder(args);
builder.Services
    .AddSecurity(builder.Configuration)
    .AddEvidence(builder.Configuration)
    .AddTelemetry(builder.Configuration)
    .AddStations(builder.Configuration)
    .AddValidity(builder.Configuration)
    .AddAlarms(builder.Configuration)
    .AddOperations(builder.Configuration)
    .AddIngest(builder.Configuration);

var app = builder.Build();
var api = app.MapGroup("/api/v1");
api.MapSecurity().MapEvidence().MapTelemetry().MapStations().MapValidity().MapAlarms().MapOperations().MapIngest();
await app.RunAsync();
