// The project Qingyuan.Console takes the short name away from the class.
global using Terminal = System.Console;
