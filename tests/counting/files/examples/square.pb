META
key;value
description;Money for the square
country;Netherlands
unit;Example
instance;2026
num_projects;5
num_votes;10
budget;1000
vote_type;approval
rule;equalshares/add1
date_begin;01.11.2026
date_end;14.11.2026
currency;EUR
PROJECTS
project_id;cost;name;category
a;500;"Trees; and a bench";green
b;300;"A ""reading"" hut";culture
c;300;Lamps;safety
d;200;Tap for water;green
e;900;Stage;culture
VOTES
voter_id;age;vote
1;34;a,d
2;51;a,d
3;23;a
4;19;a,b
5;62;a,d
6;54;b,c
7;49;b,c
8;27;c,e
9;39;e
10;44;
