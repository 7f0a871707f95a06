using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Qingyuan.Platform.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class ForwardLanes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "NewFirst",
                table: "forward_target",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateTable(
                name: "forward_lane",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    TargetId = table.Column<Guid>(type: "uuid", nullable: false),
                    Kind = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    Command = table.Column<int>(type: "integer", nullable: false),
                    FromBatch = table.Column<long>(type: "bigint", nullable: false),
                    FromOrdinal = table.Column<int>(type: "integer", nullable: false),
                    Batch = table.Column<long>(type: "bigint", nullable: false),
                    Ordinal = table.Column<int>(type: "integer", nullable: false),
                    UntilBatch = table.Column<long>(type: "bigint", nullable: true),
                    UntilOrdinal = table.Column<int>(type: "integer", nullable: true),
                    Since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    Through = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_forward_lane", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_forward_lane_TargetId",
                table: "forward_lane",
                column: "TargetId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "forward_lane");

            migrationBuilder.DropColumn(
                name: "NewFirst",
                table: "forward_target");
        }
    }
}
